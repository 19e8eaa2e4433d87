/**
 * The text index {@code bm25}: Lucene's analyzers, postings and ranking inside the plugin's private
 * class path.
 *
 * <p>Its rooms, each of which uses only those after it:
 *
 * <ul>
 *   <li>{@code blob.v2}: {@code BlobLayout} is the format of {@code docs/format/index-bm25.md},
 *       {@code BlobWriter} writes it, {@code BlobBytes} reads it in few waves, {@code BlobInput}
 *       and {@code BlobDirectory} show it to Lucene's {@code PostingsCodec}.
 *   <li>{@code live}: {@code PostingsBuffer} inverts rows in memory; {@code BufferedData} shows it
 *       to Lucene. The live index searches it, the writer turns it into a blob.
 *   <li>{@code search}: {@code Ranking} runs one query over a {@code TextData}, wherever it lies,
 *       with the statistics in the query; {@code LiveCounts} counts what statistics are made of.
 *   <li>{@code analysis}: {@code Language} says how each language's text becomes terms, {@code
 *       LanguageAnalyzer} runs it.
 * </ul>
 *
 * <p>Lucene is not required as a module: it lies on the class path behind this module, which reads
 * it by {@code --add-reads}.
 */
@SuppressWarnings("module") // the name ends in a digit because the algorithm's does
module io.elacsym.index.bm25 {
  requires io.elacsym.api;

  provides io.elacsym.api.index.TextIndexProvider with
      io.elacsym.index.bm25.Bm25IndexProvider;
}
