package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.server.helidon.TestServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Points and regular expressions in requests, in the live buffer and in a segment. */
class GeoHttpTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    server.put(
        "/v1/namespaces/places",
        """
        {"attributes":{"place":"geo","indexed":{"type":"geo","indexed":true},
          "route":"array_geo","name":{"type":"string","indexed":true}}}
        """);
    upsert(1, "Berlin", "{\"lat\":52.52,\"lon\":13.405}");
    upsert(2, "Potsdam", "{\"lat\":52.4009309,\"lon\":13.0591397}");
    upsert(3, "Suva", "{\"lat\":-18.1416,\"lon\":178.4419}");
    upsert(4, "Apia", "{\"lat\":-13.8333,\"lon\":-171.75}");
    upsert(5, "North Pole", "{\"lat\":90,\"lon\":0}");
    upsert(6, "Date line", "{\"lat\":0,\"lon\":-180}");
  }

  private static void upsert(int id, String name, String point) {
    Answer answer =
        server.post(
            "/v1/namespaces/places/upsert",
            "{\"documents\":[{\"id\":%d,\"attributes\":{\"name\":\"%s\",\"place\":%s,\"indexed\":%s,\"route\":[%s]}}]}"
                .formatted(id, name, point, point, point));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String found(String field, String op, String value) {
    Answer answer =
        server.post(
            "/v1/namespaces/places/scan",
            "{\"filter\":{\"field\":\"%s\",\"op\":\"%s\",\"value\":%s}}"
                .formatted(field, op, value));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    StringBuilder ids = new StringBuilder();
    answer.json().get("documents").forEach(document -> ids.append(document.get("id").asInt()));
    return ids.toString();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pointsAreFoundByRadiusAndBox(boolean inSegment) {
    if (inSegment) {
      assertThat(server.post("/v1/namespaces/places/compact", "").status()).isEqualTo(200);
    }
    for (String field : new String[] {"place", "indexed", "route"}) {
      String berlin = "\"lat\":52.52,\"lon\":13.405";
      assertThat(found(field, "geo_radius", "{" + berlin + ",\"meters\":0}")).isEqualTo("1");
      assertThat(found(field, "geo_radius", "{" + berlin + ",\"meters\":26000}")).isEqualTo("1");
      assertThat(found(field, "geo_radius", "{" + berlin + ",\"meters\":28000.5}")).isEqualTo("12");
      assertThat(found(field, "geo_radius", "{" + berlin + ",\"meters\":1e9}")).isEqualTo("123456");
      assertThat(found(field, "geo_radius", "{\"lat\":90,\"lon\":123,\"meters\":1}"))
          .as("a pole is one place")
          .isEqualTo("5");
      assertThat(found(field, "geo_box", "{\"north\":0,\"south\":-20,\"west\":170,\"east\":-170}"))
          .as("across the 180th meridian")
          .isEqualTo("346");
      assertThat(found(field, "geo_box", "{\"north\":1,\"south\":-1,\"west\":179,\"east\":180}"))
          .as("180 degrees east are 180 degrees west")
          .isEqualTo("6");
      assertThat(found(field, "geo_box", "{\"north\":90,\"south\":52.5,\"west\":-20,\"east\":20}"))
          .isEqualTo("15");
    }
    assertThat(found("place", "eq", "{\"lat\":52.52,\"lon\":13.405}")).isEqualTo("1");
    assertThat(found("indexed", "not_in", "[{\"lat\":52.52,\"lon\":13.405}]")).isEqualTo("23456");
    assertThat(found("name", "regex", "\"^[PA].*a\"")).isEqualTo("24");
    assertThat(found("name", "regex", "\"(?i)L\"")).isEqualTo("156");
    assertThat(server.get("/v1/namespaces/places/documents/2").text())
        .contains("\"place\":{\"lat\":52.4009309,\"lon\":13.0591397}");
  }

  private static void wrong(String point, String... parts) {
    refused(
        "/upsert", "{\"documents\":[{\"id\":9,\"attributes\":{\"place\":" + point + "}}]}", parts);
  }

  private static void wrongFilter(String condition, String... parts) {
    refused("/query", "{\"filter\":{" + condition + "}}", parts);
  }

  private static void refused(String path, String body, String... parts) {
    Answer answer = server.post("/v1/namespaces/places" + path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.errorMessage()).contains(parts);
  }

  @Test
  void whatIsNoPointIsRefused() {
    String place = "documents[0].attributes.place";
    wrong("[13.4,52.5]", place + " is an array, expected geo (a point such as");
    wrong("\"52.5,13.4\"", place + " is \"52.5,13.4\", expected geo");
    wrong("{\"lat\":52}", place + ".lon is missing, expected a number from -180 to 180");
    wrong("{\"lat\":52,\"lng\":13}", "unknown key 'lng' in " + place, "known are lat, lon");
    wrong("{\"lat\":52,\"long\":13}", "did you mean 'lon'?");
    wrong(
        "{\"lat\":90.0000001,\"lon\":13}",
        place + ".lat is 90.0000001, expected a number from -90 to 90");
    wrong("{\"lat\":52,\"lon\":null}", place + ".lon is null");
    wrong("{\"lat\":52,\"lon\":NaN}", place + ".lon is NaN");
    wrong("{\"lat\":52,\"lon\":{}}", place + ".lon is an object");
    wrong("{}", place + ".lat is missing");
    refused(
        "/upsert",
        "{\"documents\":[{\"id\":9,\"attributes\":{\"route\":[{\"lat\":1,\"lon\":2},{\"lat\":1,\"lon\":181}]}}]}",
        "documents[0].attributes.route[1].lon is 181");
  }

  @Test
  void wrongShapesAndExpressionsAreNamed() {
    wrongFilter(
        "\"field\":\"place\",\"op\":\"geo_radius\",\"value\":{\"lat\":1,\"lon\":2,\"metres\":3}",
        "unknown key 'metres' in filter.value; did you mean 'meters'?");
    wrongFilter(
        "\"field\":\"place\",\"op\":\"geo_radius\",\"value\":{\"lat\":1,\"lon\":2,\"meters\":-1}",
        "filter.value.meters is -1, expected a number from 0");
    wrongFilter(
        "\"field\":\"place\",\"op\":\"geo_radius\",\"value\":7",
        "filter.value is 7, expected an object with lat, lon and meters");
    wrongFilter(
        "\"field\":\"place\",\"op\":\"geo_box\",\"value\":{\"north\":1,\"south\":2,\"west\":0,\"east\":1}",
        "filter.value.south is greater than filter.value.north");
    wrongFilter(
        "\"field\":\"place\",\"op\":\"geo_box\",\"value\":{\"north\":3,\"south\":2,\"west\":0}",
        "filter.value.east is missing");
    wrongFilter(
        "\"field\":\"place\",\"op\":\"lt\",\"value\":{\"lat\":1,\"lon\":2}",
        "filter.op is \"lt\", which 'place' (geo) does not have; use geo_radius or geo_box");
    wrongFilter(
        "\"field\":\"name\",\"op\":\"geo_box\",\"value\":{}",
        "which 'name' (string) does not have; use it on an attribute of type geo");
    wrongFilter(
        "\"field\":\"place\",\"op\":\"regex\",\"value\":\"x\"",
        "which 'place' (geo) does not have");
    wrongFilter(
        "\"field\":\"name\",\"op\":\"regex\",\"value\":\"(a\"", "'(a' is none: missing closing )");
    wrongFilter("\"field\":\"name\",\"op\":\"regex\",\"value\":\"(?=a)\"", "is none: ");
    wrongFilter(
        "\"field\":\"name\",\"op\":\"regex\",\"value\":\"((a{100}){100}){100}\"",
        "becomes a program of more than 2048 steps");
    wrongFilter(
        "\"field\":\"name\",\"op\":\"regex\",\"value\":\"" + "a".repeat(1_025) + "\"",
        "has 1025 characters, expected at most 1024");
  }
}
