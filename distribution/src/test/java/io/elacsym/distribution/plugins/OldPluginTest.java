package io.elacsym.distribution.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.SpiLevel;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Explanation;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.settings.Providers;
import io.elacsym.tck.memory.MemoryStorageProvider;
import io.elacsym.tck.memory.RowsFormatProvider;
import io.elacsym.tck.reference.PlainTextIndex;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Plugins as they were compiled once, against the interfaces as they were then. The jars are never
 * built anew: when {@link SpiLevel} rises, one of the new level takes the place of the old one,
 * which is refused from then on.
 */
class OldPluginTest {
  private static final Path OLD =
      Path.of("src", "test", "resources", "old-plugins", "spi-" + SpiLevel.CURRENT);

  @Test
  void aPluginOfThisLevelStillIndexesAndAnswers() {
    assertThat(OLD).as("a plugin that was compiled against this level").isDirectory();
    InstalledPlugins installed = InstalledPlugins.load(List.of(OLD));
    assertThat(installed.problems()).isEmpty();
    assertThat(installed.plugins()).extracting(InstalledPlugin::name).containsExactly("flat");
    Providers providers =
        new Providers(
            List.of(new MemoryStorageProvider()),
            List.of(new RowsFormatProvider()),
            installed.forEngine().vectorIndexes(),
            List.of(new PlainTextIndex()));
    EngineSettings settings =
        EngineSettings.of(
            Map.of(
                "storage.backend", new MemoryStorageProvider().name(),
                "segment.format", new RowsFormatProvider().name(),
                "index.vector", "flat",
                "index.text", new PlainTextIndex().name(),
                "cache.disk_size", "0"));
    try (Engine engine = Engine.open(settings, providers)) {
      Namespace namespace =
          engine.create(
              "ns",
              new Schema(
                  List.of(new VectorField(Schema.VECTOR, 2, Metric.L2)), new LinkedHashMap<>()));
      namespace.write(
          new WriteRequest(
              IntStream.range(0, 50)
                  .<WriteOp>mapToObj(id ->
                      new WriteOp.Upsert(
                          new Document(
                              DocId.of(id), Map.of(Schema.VECTOR, new float[] {id, 0}), Map.of())))
                  .toList()));
      namespace.flush();
      QueryResult result =
          namespace.query(
              QueryRequest.of(Ranking.Nearest.of(Schema.VECTOR, new float[] {7.2f, 0}))
                  .withTopK(3)
                  .withProjection(Projection.ALL)
                  .withExplain(true));
      assertThat(result.hits())
          .extracting(hit -> hit.document().id())
          .containsExactly(DocId.of(7), DocId.of(8), DocId.of(6));
      assertThat(result.explanation().orElseThrow().plan().all().map(Explanation.Node::what))
          .contains("flat index on vector");
    }
  }
}
