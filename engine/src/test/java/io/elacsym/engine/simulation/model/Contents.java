package io.elacsym.engine.simulation.model;

import io.elacsym.engine.model.Affected;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteResult;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All documents of a namespace at one moment, and what a write means: the plainest way to say it.
 */
record Contents(Map<DocId, Row> rows) {
  static final Contents EMPTY = new Contents(Map.of());

  static Contents of(List<Document> documents) {
    Map<DocId, Row> rows = new TreeMap<>();
    documents.forEach(document -> rows.put(document.id(), Row.of(document)));
    return new Contents(rows);
  }

  /**
   * What a write does.
   *
   * @param changed what each document has become that the write touched; empty for a deleted one
   */
  record Effect(Map<DocId, Optional<Row>> changed, int upserted, int deleted, int missing) {
    /** What the writer is told. */
    WriteResult result(long sequence) {
      return new WriteResult(
          Affected.of(upserted),
          Affected.NONE,
          Affected.of(deleted),
          Affected.of(missing),
          Affected.NONE,
          false,
          sequence);
    }
  }

  Effect of(Iterable<WriteOp> operations) {
    Map<DocId, Row> now = new TreeMap<>(rows);
    Map<DocId, Optional<Row>> changed = new LinkedHashMap<>();
    Set<DocId> upserted = new HashSet<>();
    Set<DocId> deleted = new HashSet<>();
    Set<DocId> missing = new HashSet<>();
    for (WriteOp operation : operations) {
      switch (operation) {
        case WriteOp.Upsert upsert -> {
          Row row = Row.EMPTY.with(upsert.vectors(), upsert.attributes());
          now.put(upsert.id(), row);
          upserted.add(upsert.id());
          changed.put(upsert.id(), Optional.of(row));
        }
        case WriteOp.PatchOrCreate patch -> {
          Row before = now.getOrDefault(patch.id(), Row.EMPTY);
          Row after = before.with(patch.vectors(), patch.attributes());
          now.put(patch.id(), after);
          upserted.add(patch.id());
          changed.put(patch.id(), Optional.of(after));
        }
        case WriteOp.UpsertOrPatch _, WriteOp.Patch _, WriteOp.PatchMatching _ ->
            throw new IllegalArgumentException("the model does not know " + operation);
        case WriteOp.Delete delete -> {
          (now.remove(delete.id()) == null ? missing : deleted).add(delete.id());
          changed.put(delete.id(), Optional.empty());
        }
        case WriteOp.DeleteMatching delete -> {
          List<DocId> matching = new Contents(now).matching(delete.filter());
          deleted.addAll(matching);
          matching.forEach(id -> {
            now.remove(id);
            changed.put(id, Optional.empty());
          });
        }
      }
    }
    return new Effect(changed, upserted.size(), deleted.size(), missing.size());
  }

  /** What is here after some documents have changed. */
  Contents with(Map<DocId, Optional<Row>> changed) {
    Map<DocId, Row> now = new TreeMap<>(rows);
    changed.forEach((id, row) -> {
      now.remove(id);
      row.ifPresent(present -> now.put(id, present));
    });
    return new Contents(now);
  }

  /** The part of it that a filter lets through. Knows the one filter that the workload uses. */
  Contents filtered(Optional<Filter> filter) {
    Map<DocId, Row> found = new TreeMap<>(rows);
    filter.ifPresent(f -> found.values().removeIf(row -> !matches(f, row)));
    return new Contents(found);
  }

  private List<DocId> matching(Filter filter) {
    return List.copyOf(filtered(Optional.of(filter)).rows().keySet());
  }

  private static boolean matches(Filter filter, Row row) {
    if (filter instanceof Filter.Condition equal && equal.operator() == Operator.EQUAL) {
      return equal.operand().equals(Optional.ofNullable(row.attributes().get(equal.field())));
    }
    throw new IllegalArgumentException("the model does not know " + filter);
  }

  /** The part of it that has a field. */
  Contents withVector() {
    Map<DocId, Row> found = new TreeMap<>(rows);
    found.values().removeIf(row -> row.vector().isEmpty());
    return new Contents(found);
  }

  Contents withAttribute(String name) {
    Map<DocId, Row> found = new TreeMap<>(rows);
    found.values().removeIf(row -> !row.attributes().containsKey(name));
    return new Contents(found);
  }
}
