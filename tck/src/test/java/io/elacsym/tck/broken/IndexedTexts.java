package io.elacsym.tck.broken;

import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexWriter;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A text index that indexes other texts, or with another analysis, than it is given, in a blob and
 * in a live index.
 */
final class IndexedTexts extends ForwardingTextIndex {
  private final UnaryOperator<TextField> field;
  private final UnaryOperator<List<String>> values;

  private IndexedTexts(UnaryOperator<TextField> field, UnaryOperator<List<String>> values) {
    this.field = field;
    this.values = values;
  }

  static IndexedTexts as(UnaryOperator<TextField> field) {
    return new IndexedTexts(field, values -> values);
  }

  static IndexedTexts of(UnaryOperator<List<String>> values) {
    return new IndexedTexts(field -> field, values);
  }

  /** Each text by itself. */
  static IndexedTexts each(UnaryOperator<String> text) {
    return of(values -> values.stream().map(text).toList());
  }

  @Override
  public TextIndexWriter writer(
      TextField given, int segmentRows, BlobSink sink, PluginContext context) {
    TextIndexWriter good = plain.writer(field.apply(given), segmentRows, sink, context);
    return new TextIndexWriter() {
      @Override
      public void add(int row, List<String> texts) {
        good.add(row, values.apply(texts));
      }

      @Override
      public void finish() {
        good.finish();
      }

      @Override
      public void close() {
        good.close();
      }
    };
  }

  @Override
  public LiveTextIndex live(TextField given, PluginContext context) {
    LiveTextIndex good = plain.live(field.apply(given), context);
    return new Live(good, good) {
      @Override
      public void add(int row, List<String> texts) {
        good.add(row, values.apply(texts));
      }
    };
  }
}
