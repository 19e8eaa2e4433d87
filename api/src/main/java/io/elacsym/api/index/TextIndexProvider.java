package io.elacsym.api.index;

import io.elacsym.api.Encoding;
import io.elacsym.api.EncodingProvider;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A kind of text index. One index covers one text field of one segment. */
public interface TextIndexProvider extends EncodingProvider {
  /** The languages it can analyse, in lower case. */
  Set<String> languages();

  /** How this field's text becomes terms; the same for documents and queries. */
  TextAnalyzer analyzer(TextField field, PluginContext context);

  /**
   * Whether the terms of an index written as {@code stored}, which {@link #canRead} has accepted,
   * are those that {@link #analyzer} makes today. Where they are not, the host does not open the
   * index, but builds it anew from the documents. A provider whose analysis has changed says so by
   * a feature of its {@link #encoding}: then an earlier release refuses what it cannot understand.
   */
  default boolean isCurrent(Encoding stored) {
    return true;
  }

  /**
   * Starts an index.
   *
   * @param segmentRows how many rows the segment has
   */
  TextIndexWriter writer(TextField field, int segmentRows, BlobSink sink, PluginContext context);

  /** An empty index in memory, for rows that are not in a segment yet. */
  LiveTextIndex live(TextField field, PluginContext context);

  /**
   * Opens an index written as {@code stored}, which {@link #canRead} has accepted.
   *
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when the bytes are no such index
   */
  TextIndexReader open(
      TextField field, BlobSource source, Encoding stored, int segmentRows, PluginContext context);

  /**
   * How long a text of so many terms is for scores: those that an index rounds, it rounds so.
   *
   * @param length from 0
   */
  default int roundedLength(int length) {
    return length;
  }

  /**
   * The pieces of a text that fit a clause best, in the order of the text, with marks around what
   * the clause finds there.
   *
   * @param values the texts of a row, as {@link TextIndexWriter#add} gets them; no piece reaches
   *     from one into the next
   * @return no pieces where the clause finds nothing; empty if this index cannot highlight
   */
  default Optional<List<String>> highlight(
      TextField field, TextHighlight wanted, List<String> values, PluginContext context) {
    return Optional.empty();
  }
}
