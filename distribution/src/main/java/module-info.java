/**
 * The program {@code elacsym}: finds and loads plugins, reads the configuration, runs the server,
 * and holds the other commands.
 *
 * <p>{@link io.elacsym.distribution.Main} hands the arguments to {@code cli}. The server's command
 * asks {@code plugins} what is installed, {@code config} what is configured, and starts the engine
 * and the HTTP server with that. {@code transfer} (import, export) and the queries go over HTTP
 * through {@code client}, as any other program would. {@code probe} runs the storage contract of
 * the tck on the configured storage.
 */
module io.elacsym.distribution {
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.toml;
  requires dev.hardwood.core;
  requires info.picocli;
  requires io.elacsym.cluster;
  requires io.elacsym.engine;
  requires io.elacsym.server.helidon;
  requires io.elacsym.tck;
  requires java.compiler;
  requires java.logging;
  requires java.net.http;
  requires me.tongfei.progressbar;
  requires org.apache.commons.csv;
  requires static org.jspecify;

  // Measures the texts of me.tongfei.progressbar, which as an automatic module cannot say so.
  requires org.jline.terminal;

  // What Parquet files are compressed with: looked for by dev.hardwood.core at run time.
  requires com.github.luben.zstd_jni;
  requires org.xerial.snappy;

  uses io.elacsym.api.index.TextIndexProvider;
  uses io.elacsym.api.index.VectorIndexProvider;
  uses io.elacsym.api.segment.SegmentFormatProvider;
  uses io.elacsym.api.storage.StorageProvider;

  // picocli fills the fields of the commands.
  opens io.elacsym.distribution.cli to
      info.picocli;
}
