package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.benchmarks.sets.VectorSet;
import io.elacsym.index.hnsw.HnswProvider;
import io.elacsym.index.ivf.IvfIndexProvider;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.util.Version;

/**
 * Who takes part, with which parameters.
 *
 * @param set what they are built on
 * @param work for their files
 */
public record Lineup(VectorSet set, Path work) {
  private static final double[] LISTS = {1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256};
  private static final double[] BEAMS = {10, 15, 20, 30, 40, 60, 80, 120, 160, 240, 320, 640};
  private static final double[] TARGETS = {.8, .9, .95, .98, .99, .999};

  /** Candidates that are ranked by their vectors, a wanted hit. */
  private static final double[] REFINED = {4, 16, 40};

  /** Names of all, in the order of tables; each starts with whose it is. */
  public static final List<String> NAMES =
      List.of(
          "elacsym ivf",
          "elacsym ivf rabitq1",
          "elacsym ivf pq",
          "elacsym ivf sq8",
          "elacsym ivf flat",
          "elacsym hnsw",
          "lucene hnsw f32",
          "lucene hnsw int8",
          "jvector",
          "hnswlib",
          "usearch",
          "faiss ivf pq",
          "faiss ivf rabitq",
          "faiss ivf sq8",
          "lancedb ivf pq");

  /**
   * The wanted ones that can take part.
   *
   * @param wanted names, or the beginnings of names; see {@link #isNamed}
   * @param script for those that it has
   */
  public List<Contender> contenders(List<String> wanted, Optional<Script> script)
      throws IOException {
    List<Contender> all = new ArrayList<>();
    for (String name : NAMES) {
      if (wanted.stream().anyMatch(given -> isNamed(name, given))) {
        contender(name, script).ifPresent(all::add);
      }
    }
    return all;
  }

  /** A whole name is that one alone, although others begin with it. */
  public static boolean isNamed(String name, String given) {
    return NAMES.contains(given) ? name.equals(given) : name.startsWith(given);
  }

  private Optional<Contender> contender(String name, Optional<Script> script) throws IOException {
    return switch (name) {
      case "elacsym ivf" -> ivf(name, Map.of());
      case "elacsym ivf rabitq1" -> ivf(name, Map.of("quantizer", "rabitq", "bits", "1"));
      case "elacsym ivf pq" -> ivf(name, Map.of("quantizer", "pq"));
      case "elacsym ivf sq8" -> ivf(name, Map.of("quantizer", "sq8"));
      case "elacsym ivf flat" -> ivf(name, Map.of("quantizer", "flat"));
      case "elacsym hnsw" -> hnsw(name);
      case "lucene hnsw f32" ->
          lucene(name, new LuceneIndex(new Lucene99HnswVectorsFormat(), work.resolve("f32")));
      case "lucene hnsw int8" ->
          lucene(
              name,
              new LuceneIndex(
                  new Lucene104HnswScalarQuantizedVectorsFormat(), work.resolve("int8")));
      case "jvector" ->
          Optional.of(
              new InProcess(
                  name,
                  false,
                  JVectorIndex.PARAMETERS,
                  Setting.each(JVectorIndex.BEAM, BEAMS),
                  new JVectorIndex()));
      case "hnswlib" ->
          script(
              script,
              name,
              "hnswlib",
              Map.of("M", 16, "ef_construction", 200),
              Setting.each("ef", BEAMS));
      case "usearch" ->
          script(
              script,
              name,
              "usearch",
              Map.of("connectivity", 16, "expansion_add", 128, "dtype", "f32"),
              Setting.each("expansion_search", BEAMS));
      case "faiss ivf pq" -> faiss(script, name, ",PQ" + set.dimension() / 2 + "x4fs,RFlat");
      case "faiss ivf rabitq" -> faiss(script, name, ",RaBitQ,RFlat");
      case "faiss ivf sq8" -> faiss(script, name, ",SQ8");
      case "lancedb ivf pq" ->
          script(
              script,
              name,
              "lancedb",
              Map.of("num_partitions", lists(set.count()), "num_sub_vectors", subVectors()),
              Setting.times(
                  Setting.each("nprobes", 1, 4, 16, 32, 64, 128), "refine_factor", 5, 30));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Our default, for more than searches can tell. */
  public PluginIndex defaultIndex() {
    return new PluginIndex(new IvfIndexProvider(), Map.of(), work);
  }

  /** The same as a contender. */
  public Contender measured(PluginIndex index) {
    return ours(NAMES.getFirst(), index, Map.of(), LISTS);
  }

  /** As its jar tells it. */
  public static String jvectorVersion() {
    Properties properties = new Properties();
    String file = "/META-INF/maven/io.github.jbellis/jvector-base/pom.properties";
    try (InputStream in = GraphIndexBuilder.class.getResourceAsStream(file)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // The version is left out.
    }
    return properties.getProperty("version", "unknown");
  }

  private Optional<Contender> ivf(String name, Map<String, String> options) {
    return Optional.of(
        ours(name, new PluginIndex(new IvfIndexProvider(), options, work), options, LISTS));
  }

  private Optional<Contender> hnsw(String name) {
    return Optional.of(
        ours(name, new PluginIndex(new HnswProvider(), Map.of(), work), Map.of(), BEAMS));
  }

  private static Contender ours(
      String name, PluginIndex index, Map<String, String> options, double[] efforts) {
    List<Setting> settings = new ArrayList<>(Setting.each(PluginIndex.EFFORT, efforts));
    settings.addAll(Setting.each(PluginIndex.TARGET, TARGETS));
    String shown = options.isEmpty() ? "defaults" : options.toString();
    return new InProcess(name, true, shown, settings, index);
  }

  private static Optional<Contender> lucene(String name, LuceneIndex index) {
    List<Setting> settings = Setting.each(LuceneIndex.K, BEAMS);
    String shown = "Lucene " + Version.LATEST + ", defaults (16 links, beam 100), one segment";
    return Optional.of(new InProcess(name, false, shown, settings, index));
  }

  private Optional<Contender> faiss(Optional<Script> script, String name, String codes) {
    List<Setting> settings = Setting.each("nprobe", LISTS);
    return script(
        script,
        name,
        "faiss",
        Map.of("factory", "IVF" + lists(set.count()) + codes),
        codes.endsWith("RFlat") ? Setting.times(settings, "k_factor", REFINED) : settings);
  }

  private static Optional<Contender> script(
      Optional<Script> script,
      String name,
      String library,
      Map<String, Object> parameters,
      List<Setting> settings) {
    return script
        .filter(started -> started.versions().containsKey(library))
        .map(started -> new ScriptContender(started, name, library, parameters, settings));
  }

  /** About three times the root of the number of vectors, a power of two. */
  static int lists(int count) {
    return 1 << (int) Math.round(Math.log(3 * Math.sqrt(count)) / Math.log(2));
  }

  /** Sixteen components a byte, as LanceDB does by itself, or fewer where that leaves a rest. */
  private int subVectors() {
    int components =
        IntStream.of(16, 8, 4, 2).filter(each -> set.dimension() % each == 0).findFirst().orElse(1);
    return set.dimension() / components;
  }
}
