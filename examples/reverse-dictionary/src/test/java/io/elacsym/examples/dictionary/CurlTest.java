package io.elacsym.examples.dictionary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import org.junit.jupiter.api.Test;

class CurlTest {

  private static final URI ADDRESS = URI.create("http://localhost:3000/v1/namespaces/n/query");

  @Test
  void theBodyIsQuotedForTheShell() {
    ObjectNode body = Json.object().put("query", "it's \"it\"");

    assertThat(Curl.post(ADDRESS, body))
        .isEqualTo(
            "curl -s http://localhost:3000/v1/namespaces/n/query"
                + " -H 'content-type: application/json'"
                + " -d '{\"query\":\"it'\\''s \\\"it\\\"\"}'");
  }

  @Test
  void aVectorIsAbbreviated() {
    ObjectNode body = Json.object();
    body.set("vector", Json.array(new float[] {0.5f, 1, 2, 3}));

    assertThat(Curl.post(ADDRESS, body)).endsWith(" -d '{\"vector\":[0.5,1.0,... 2 more]}'");
  }
}
