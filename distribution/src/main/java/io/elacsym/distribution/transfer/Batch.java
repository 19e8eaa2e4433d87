package io.elacsym.distribution.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that are sent together.
 *
 * @param documents what is sent
 * @param rejected rows that are no documents, which are only counted
 * @param from number of rows of the file before this batch
 * @param to number of rows of the file up to the end of this batch
 */
record Batch(List<Row.Document> documents, List<Row.Rejected> rejected, long from, long to) {
  private static final byte[] HEAD = "{\"documents\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAIL = "]}".getBytes(StandardCharsets.US_ASCII);

  /** Collects the rows of the next batch. */
  static final class Builder {
    private final List<Row.Document> documents = new ArrayList<>();
    private final List<Row.Rejected> rejected = new ArrayList<>();
    private final int maxDocuments;
    private final long maxBytes;
    private final long from;
    private long rows;
    private long bytes;

    Builder(int maxDocuments, long maxBytes, long from) {
      this.maxDocuments = maxDocuments;
      this.maxBytes = maxBytes;
      this.from = from;
    }

    void add(Row row) {
      rows++;
      switch (row) {
        case Row.Document document -> {
          documents.add(document);
          bytes += document.json().length;
        }
        case Row.Rejected reject -> rejected.add(reject);
        case Row.Blank blank -> {}
      }
    }

    boolean isFull() {
      return documents.size() >= maxDocuments || bytes >= maxBytes || rejected.size() > 1_000;
    }

    boolean isEmpty() {
      return rows == 0;
    }

    Batch build() {
      return new Batch(documents, rejected, from, from + rows);
    }
  }

  /** The request that stores some documents; they go into it as the bytes they are. */
  static byte[] body(List<Row.Document> documents) {
    int size = documents.stream().mapToInt(document -> document.json().length + 1).sum();
    ByteArrayOutputStream body = new ByteArrayOutputStream(size + HEAD.length + TAIL.length);
    body.writeBytes(HEAD);
    for (int i = 0; i < documents.size(); i++) {
      if (i > 0) {
        body.write(',');
      }
      body.writeBytes(documents.get(i).json());
    }
    body.writeBytes(TAIL);
    return body.toByteArray();
  }
}
