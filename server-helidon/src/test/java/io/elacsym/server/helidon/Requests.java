package io.elacsym.server.helidon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Requests that are right, one at least for each route, and what can be changed in them. */
final class Requests {
  private static final String SCHEMA =
      """
      {"schema":{"vector_dim":3,"vector_metric":"cosine","attributes":{
        "title":{"type":"string","full_text":{"language":"english","stemming":true,"k1":1.2}},
        "year":{"type":"int","indexed":true},"big":"uint","price":"float","ok":"bool",
        "at":"datetime","key":"uuid","tags":{"type":"array_string","indexed":true},
        "numbers":"array_int"}}}\
      """;

  private static final String DOCUMENTS =
      """
      {"documents":[
        {"id":1,"vector":[1,0,0],"attributes":{"title":"Rust handbook","year":2015,"ok":true,
          "at":"2026-01-31T12:00:00Z","key":"123e4567-e89b-12d3-a456-426614174000",
          "tags":["a","b"],"numbers":[1,2],"price":1.5,"big":18446744073709551615}},
        {"id":2,"vector":"AACAPwAAAAAAAAAA","attributes":{"title":"Java handbook","year":null}},
        {"id":3,"attributes":{"title":"no vector"}}]}\
      """;

  /** Bodies by the end of their route's path; others get an empty object. */
  private static final Map<String, List<String>> BODIES =
      Map.of(
          "PUT /v1/namespaces/{ns}",
          List.of(SCHEMA),
          "/schema",
          List.of("{\"attributes\":{\"added\":{\"type\":\"string\",\"indexed\":true}}}"),
          "/upsert",
          List.of(DOCUMENTS),
          "/patch",
          List.of(
              "{\"documents\":[{\"id\":1,\"attributes\":{\"year\":2016}}],\"return_ids\":true,"
                  + "\"if\":{\"field\":\"year\",\"op\":\"lt\",\"value\":{\"new\":\"year\"}}}",
              "{\"filter\":{\"field\":\"year\",\"op\":\"exists\"},\"set\":{\"title\":null},"
                  + "\"allow_partial\":true}"),
          "/delete",
          List.of(
              "{\"ids\":[1,2,9]}",
              "{\"filter\":{\"field\":\"year\",\"op\":\"in\",\"value\":[2015,2016]}}"),
          "/query",
          List.of(
              "{\"vector\":[1,0,0],\"top_k\":5,\"include_vector\":true,\"explain\":true}",
              "{\"full_text\":{\"fields\":[\"title\"],\"query\":\"rust handbook\","
                  + "\"weights\":{\"title\":2.0}},\"include_attributes\":[\"title\"]}",
              "{\"vector\":[1,0,0],\"full_text\":{\"field\":\"title\",\"query\":\"java\"},"
                  + "\"fusion\":{\"vector_weight\":1.0,\"text_weight\":0.5,\"k\":60},"
                  + "\"recall_target\":0.9,\"consistency\":\"eventual\"}",
              "{\"order\":[{\"field\":\"year\",\"desc\":true,\"missing\":\"first\"}],"
                  + "\"cursor\":\"\",\"top_k\":2,"
                  + "\"aggregates\":{\"n\":{\"count\":true},\"s\":{\"sum\":\"price\"}}}",
              "{\"top_k\":0,\"facets\":{\"t\":{\"field\":\"tags\",\"limit\":2},"
                  + "\"r\":{\"field\":\"price\",\"ranges\":[{\"from\":1,\"to\":2.5}]},"
                  + "\"d\":{\"field\":\"at\",\"interval\":\"day\",\"time_zone\":\"UTC\"}},"
                  + "\"group_by\":{\"fields\":[\"ok\",{\"field\":\"tags\",\"label\":\"x\"}],"
                  + "\"aggregates\":{\"m\":{\"max\":\"year\"}},\"limit\":3}}",
              "{\"vector\":[1,0,0],\"distinct\":{\"field\":\"year\",\"limit\":1}}",
              "{\"filter\":{\"type\":\"and\",\"conditions\":["
                  + "{\"field\":\"title\",\"op\":\"glob\",\"value\":\"*hand*\"},"
                  + "{\"type\":\"not\",\"conditions\":[{\"field\":\"tags\",\"op\":\"contains_any\","
                  + "\"value\":[\"a\",\"z\"]}]},"
                  + "{\"type\":\"or\",\"conditions\":[{\"field\":\"year\",\"op\":\"gte\","
                  + "\"value\":2000},{\"field\":\"id\",\"op\":\"eq\",\"value\":2}]}]}}"),
          "/analyze",
          List.of("{\"field\":\"title\",\"text\":\"Rust handbook\"}"),
          "/scan",
          List.of("{\"limit\":2,\"after\":1,\"filter\":{\"field\":\"year\",\"op\":\"exists\"}}"),
          "/restore",
          List.of("{\"version\":1}", "{\"time\":\"2026-11-25T10:00:00Z\"}"),
          "/branch",
          List.of("{\"name\":\"trial\",\"version\":1}"));

  private static final List<String> HEADERS =
      List.of(
          "Expect: 100-continue",
          "Content-Encoding: gzip",
          "Content-Encoding: br",
          "Accept-Encoding: gzip",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Content-Length: 0",
          "Content-Length: -1",
          "Content-Length: 5, 5",
          "Content-Length: 99999999999999999999",
          "Content-Type: text/plain",
          "Content-Type: application/json; charset=utf-16",
          "Content-Type: ;;;",
          "Host: other",
          "Host:",
          "Origin: http://evil.example",
          "Connection: upgrade",
          "Upgrade: h2c",
          "Range: bytes=0-1",
          "Authorization: Basic x",
          "X-Long: " + "y".repeat(20_000),
          " folded: line",
          "No-Colon",
          "Bad Name: x",
          "Nul: a\u0000b");

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1e999",
          "-0.0",
          "1.5",
          "NaN",
          "Infinity",
          "18446744073709551616",
          "9".repeat(400),
          "\"\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\x\"",
          "\"\\u0000\"",
          "\"\u00e9\"",
          "\"" + "z".repeat(3_000) + "\"",
          "\"[[[[\"",
          "[]",
          "[null]",
          "[[[[[[[[1]]]]]]]]",
          "[".repeat(300),
          "{}",
          "{\"a\":{\"a\":{\"a\":1}}}",
          "{\"field\":\"year\",\"op\":\"eq\",\"value\":1}",
          "'x'",
          "// comment\n1",
          "1 2",
          "");

  private static final List<String> QUERIES =
      List.of("?", "?x", "?x=1", "?limit=0", "?limit=9&limit=8", "?=", "?&&", "?%zz=1", "?a=%ff");

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get", "X-Y");

  private final List<Route> routes;

  Requests(List<Route> routes) {
    this.routes = routes;
  }

  /** Makes what the right requests need. */
  void prepare(TestServer server) {
    prepare(server, "docs");
  }

  /** Makes a namespace that all of them can be about. */
  static void prepare(TestServer server, String namespace) {
    server.put("/v1/namespaces/" + namespace, SCHEMA);
    server.post("/v1/namespaces/" + namespace + "/upsert", DOCUMENTS);
  }

  /** A right request with a few changes. */
  byte[] mutated(Random random) {
    Route route = routes.get(random.nextInt(routes.size()));
    String method = random.nextInt(20) == 0 ? pick(METHODS, random) : route.method();
    String target = target(route, random);
    byte[] body = body(route, random);
    List<String> headers = new ArrayList<>();
    headers.add("Host: localhost");
    if (random.nextInt(3) > 0) {
      headers.add("Connection: close");
    }
    if (body.length > 0 || random.nextInt(10) == 0) {
      headers.add("Content-Type: application/json");
      if (random.nextInt(8) == 0) {
        body = gzip(body);
        headers.add("Content-Encoding: gzip");
      }
      if (random.nextInt(4) == 0) {
        body = chunked(body, random);
        headers.add("Transfer-Encoding: chunked");
      } else {
        headers.add("Content-Length: " + body.length);
      }
    }
    for (int extra = random.nextInt(4) - 2; extra > 0; extra--) {
      headers.add(random.nextInt(headers.size() + 1), pick(HEADERS, random));
    }
    if (random.nextInt(30) == 0) {
      headers.remove(random.nextInt(headers.size()));
    }
    String version = random.nextInt(40) == 0 ? pick(List.of("1.0", "2.0", "0.9"), random) : "1.1";
    String head =
        method
            + " "
            + target
            + " HTTP/"
            + version
            + "\r\n"
            + String.join("\r\n", headers)
            + "\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    byte[] request = all.toByteArray();
    return random.nextInt(6) == 0 ? damaged(request, random) : request;
  }

  private static String target(Route route, Random random) {
    String path = route.path().replace("{ns}", "docs").replace("{id}", "1");
    return switch (random.nextInt(24)) {
      case 0 -> path + "/";
      case 1 -> path + pick(QUERIES, random);
      case 2 -> path.replace("docs", "%2e%2e");
      case 3 -> path.replace("docs", "no such".replace(" ", "%20"));
      case 4 -> path.replace("docs", "%");
      case 5 -> "http://localhost" + path;
      case 6 -> path.replace("1", "01");
      case 7 -> "/" + "a".repeat(random.nextInt(20_000));
      case 8 -> path.replace("docs", "\u00e9");
      case 9 -> path.replace("1", "a%2Fb");
      default -> path;
    };
  }

  /** Bodies that a route takes; none when it wants none. */
  private static List<String> bodies(Route route) {
    List<String> bodies = new ArrayList<>();
    String whole = route.method() + " " + route.path();
    BODIES.forEach((end, texts) -> {
      if (whole.endsWith(end)) {
        bodies.addAll(texts);
      }
    });
    return bodies;
  }

  /** A right body of a route, and an empty object for one that wants none. */
  static String body(Route route) {
    List<String> bodies = bodies(route);
    return bodies.isEmpty() ? "{}" : bodies.getFirst();
  }

  private static byte[] body(Route route, Random random) {
    List<String> bodies = bodies(route);
    if (bodies.isEmpty()) {
      bodies.add(random.nextInt(4) == 0 ? "{}" : "");
    }
    String json = pick(bodies, random);
    for (int changes = random.nextInt(3); changes > 0 && !json.isEmpty(); changes--) {
      json = changed(json, random);
    }
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** Replaces, removes or repeats something between two of JSON's signs. */
  private static String changed(String json, Random random) {
    List<Integer> signs = new ArrayList<>();
    for (int i = 0; i < json.length(); i++) {
      if ("{}[],:".indexOf(json.charAt(i)) >= 0) {
        signs.add(i);
      }
    }
    if (signs.size() < 2) {
      return pick(VALUES, random);
    }
    int sign = random.nextInt(signs.size() - 1);
    int from = signs.get(sign) + 1;
    int to = signs.get(Math.min(signs.size() - 1, sign + 1 + random.nextInt(2)));
    String part = json.substring(from, to);
    String instead =
        switch (random.nextInt(5)) {
          case 0 -> "";
          case 1 -> part + "," + part;
          case 2 -> part.toUpperCase(java.util.Locale.ROOT);
          default -> pick(VALUES, random);
        };
    return json.substring(0, from) + instead + json.substring(to);
  }

  /** Flips, inserts, removes or cuts bytes. */
  private static byte[] damaged(byte[] request, Random random) {
    byte[] bytes = request.clone();
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(4)) {
      case 0 -> {
        bytes[at] = (byte) random.nextInt(256);
        yield bytes;
      }
      case 1 -> java.util.Arrays.copyOf(bytes, at);
      case 2 -> joined(bytes, 0, at, Math.min(bytes.length, at + 1 + random.nextInt(4)));
      default -> joined(bytes, Math.max(0, at - random.nextInt(9)), at, at);
    };
  }

  /** All up to {@code to}, then all from {@code next} on, with a part from {@code again} twice. */
  private static byte[] joined(byte[] bytes, int again, int to, int next) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(bytes, 0, to);
    if (next == to) {
      all.write(bytes, again, to - again);
    }
    all.write(bytes, next, bytes.length - next);
    return all.toByteArray();
  }

  private static byte[] chunked(byte[] body, Random random) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + random.nextInt(200));
      all.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      all.write(body, at, size);
      all.writeBytes((random.nextInt(60) == 0 ? "xx" : "\r\n").getBytes(StandardCharsets.US_ASCII));
      at += size;
    }
    all.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return all.toByteArray();
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(all)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }

  private static String pick(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
