/**
 * The database itself: namespaces over object storage, without a network and without plugins of its
 * own.
 *
 * <p>A program that embeds Elacsym calls {@link io.elacsym.engine.Engine#open} with {@linkplain
 * io.elacsym.engine.settings.EngineSettings settings} and {@linkplain
 * io.elacsym.engine.settings.Providers plugins}; the server does just that. Data flows one way
 * through the packages: a request from {@code model} reaches its open {@code namespace} and is
 * checked against the schema ({@code check}). A query is executed ({@code query}) against the parts
 * of a snapshot ({@code segment}, {@code live}, {@code filter}), which read storage through {@code
 * blob}. A write is resolved ({@code write}) and committed ({@code writer}) to the {@code wal};
 * {@code upkeep} makes segments of it later, which the {@code manifest} names. ARCHITECTURE.md has
 * all packages and their order.
 */
@SuppressWarnings("module") // the module it is exported to is built after this one
module io.elacsym.engine {
  requires transitive io.elacsym.api;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.cbor;
  requires com.github.benmanes.caffeine;
  // Static, so that a program which only uses the model, as the command line's clients do, starts
  // without it: the JVM warns of an incubating module. Who opens an engine adds it.
  requires static jdk.incubator.vector;
  requires re2j;
  requires roaringbitmap;
  requires static org.jspecify;

  exports io.elacsym.engine;
  exports io.elacsym.engine.border to
      io.elacsym.distribution;
  exports io.elacsym.engine.model;
  exports io.elacsym.engine.settings;
}
