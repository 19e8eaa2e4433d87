package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A web page cannot call unless its origin is allowed, and a name cannot be made up. */
class VisitorsTest {
  private static String ask(TestServer server, String method, String path, String... headers) {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return server.raw(request + "Connection: close\r\n\r\n");
  }

  @Test
  void aPageOfAForeignOriginIsRefusedOnEveryRoute() {
    try (TestServer server = TestServer.start()) {
      for (Route route : server.routes()) {
        String path = route.path().replace("{ns}", "docs").replace("{id}", "1");
        for (String origin : List.of("https://evil.example", "null", "http://x")) {
          assertThat(ask(server, route.method(), path, "Host: x", "Origin: " + origin))
              .startsWith("HTTP/1.1 403")
              .contains("\"code\":\"forbidden\"")
              .doesNotContain("Access-Control-Allow-Origin");
        }
      }
      assertThat(
              ask(
                  server,
                  "OPTIONS",
                  "/v1/namespaces",
                  "Host: x",
                  "Origin: https://evil.example",
                  "Access-Control-Request-Method: PUT"))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void aPageOfAnAllowedOriginMayCall() {
    try (TestServer server =
        TestServer.start(
            Map.of("server.allowed_origins", "https://app.example, http://localhost:8080"))) {
      String origin = "Origin: https://App.example";
      assertThat(ask(server, "GET", "/health", "Host: x", origin))
          .startsWith("HTTP/1.1 200")
          .contains("Access-Control-Allow-Origin: https://App.example\r\n")
          .contains("Vary: Origin\r\n");
      assertThat(
              ask(
                  server,
                  "OPTIONS",
                  "/v1/namespaces/docs",
                  "Host: x",
                  origin,
                  "Access-Control-Request-Method: PUT"))
          .startsWith("HTTP/1.1 200")
          .contains("Access-Control-Allow-Methods: DELETE, GET, HEAD, PUT\r\n")
          .contains("Access-Control-Allow-Headers: Content-Type, Content-Encoding\r\n");
      assertThat(ask(server, "OPTIONS", "/health", "Host: x", origin)).startsWith("HTTP/1.1 405");
      assertThat(ask(server, "GET", "/nothing", "Host: x", origin))
          .startsWith("HTTP/1.1 404")
          .contains("Access-Control-Allow-Origin");
      assertThat(ask(server, "GET", "/health", "Host: x", "Origin: https://app.example.evil"))
          .startsWith("HTTP/1.1 403");
    }
    try (TestServer server = TestServer.start(Map.of("server.allowed_origins", "*"))) {
      assertThat(ask(server, "GET", "/health", "Host: x", "Origin: https://any.example"))
          .startsWith("HTTP/1.1 200")
          .contains("Access-Control-Allow-Origin: https://any.example\r\n");
    }
  }

  @Test
  void onlyAllowedHostsAreServed() {
    try (TestServer server =
        TestServer.start(Map.of("server.allowed_hosts", "db.example, localhost, [::1]"))) {
      for (String host : List.of("db.example", "DB.example:3000", "localhost:1", "[::1]:80")) {
        assertThat(ask(server, "GET", "/health", "Host: " + host))
            .describedAs(host)
            .startsWith("HTTP/1.1 200");
      }
      for (String host : List.of("rebound.evil", "localhost.evil:80", "127.0.0.1", "[::2]")) {
        assertThat(ask(server, "GET", "/health", "Host: " + host))
            .describedAs(host)
            .startsWith("HTTP/1.1 403")
            .contains("the host is '" + host + "'");
      }
      assertThat(
              server.raw(
                  "GET http://evil/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 403");
      assertThat(server.raw("GET /health HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 403");
    }
  }
}
