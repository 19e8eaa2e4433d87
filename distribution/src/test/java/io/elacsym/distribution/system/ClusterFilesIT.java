package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import io.elacsym.testing.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two files of the guide, as they stand, start an indexer and a query node. */
class ClusterFilesIT {
  private static final Path PAGE = Path.of("..", "docs", "cluster.md");
  private static final Pattern FENCED = Pattern.compile("(?m)^```toml\\n((?:.*\\n)*?)```");

  @TempDir Path temp;

  private final String bucket = S3Server.shared().newBucket();

  private static List<String> files() throws IOException {
    List<String> files =
        FENCED
            .matcher(Files.readString(PAGE))
            .results()
            .map(match -> match.group(1))
            .limit(2)
            .toList();
    assertThat(files.getFirst()).contains("node_id = \"indexer-0\"", "role = \"indexer\"");
    assertThat(files.getLast()).contains("node_id = \"query-0\"", "role = \"query\"");
    return files;
  }

  private ServerProcess start(String file, String directory) throws IOException {
    Path home = Files.createDirectory(temp.resolve(directory));
    Map<String, String> environment = Buckets.environment(bucket, home, file);
    environment.put("ELACSYM_STORAGE_BACKEND", "s3");
    environment.put("ELACSYM_HOST", "127.0.0.1");
    environment.put("ELACSYM_PORT", "0");
    return ServerProcess.start(home, environment);
  }

  @Test
  void theTwoFilesOfTheGuideStartAnIndexerAndAQueryNode() throws IOException {
    List<String> files = files();
    try (ServerProcess indexer = start(files.getFirst(), "indexer");
        ServerProcess query = start(files.getLast(), "query")) {
      assertThat(indexer.get("/health").path("node_id").asText()).isEqualTo("indexer-0");
      assertThat(query.get("/health").path("role").asText()).isEqualTo("query");
      // The other nodes of the list are not there, so this one serves.
      Dataset dataset = new Dataset(indexer, "docs");
      dataset.create();
      dataset.upsert(List.of(Doc.random(1, 1, 0, new java.util.Random(1))));
      // Nobody that writes can be reached from here by the names of the file.
      ServerProcess.Answer refused =
          query.send("POST", new Dataset(query, "docs").path("/upsert"), "{\"documents\":[]}");
      assertThat(refused.status()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("no node could take this");
      // But it reads what the bucket has.
      assertThat(new Dataset(query, "docs").scan()).hasSize(1);
      JsonNode cluster = query.get("/v1/cluster");
      assertThat(cluster.path("nodes")).hasSize(4);
      Installation.Ended shown =
          Installation.run(temp, Map.of(), "cluster", "--server", indexer.url().toString());
      assertThat(shown.out()).anySatisfy(line -> assertThat(line).contains("docs", "indexer-0"));
      assertThat(shown.code()).as("two nodes do not answer").isEqualTo(1);
    }
  }

  @Test
  void whatIsWrongIsFoundByCheckingTheFile() throws IOException {
    String wrong = files().getFirst().replace("\"indexer-0\", ", "");
    Path home = Files.createDirectory(temp.resolve("wrong"));
    Map<String, String> environment = Buckets.environment(bucket, home, wrong);
    environment.put("ELACSYM_STORAGE_BACKEND", "s3");
    Installation.Ended checked = Installation.run(home, environment, "server", "--check-config");
    assertThat(checked.code()).isEqualTo(1);
    Matcher named =
        Pattern.compile("distributed\\.node_id").matcher(String.join("\n", checked.err()));
    assertThat(named.find()).as("%s", checked).isTrue();
  }
}
