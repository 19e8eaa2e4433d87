package io.elacsym.engine.write;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.check.CheckedCondition;
import io.elacsym.engine.check.CheckedOp;
import io.elacsym.engine.check.CheckedWrite;
import io.elacsym.engine.check.WriteCheck;
import io.elacsym.engine.filter.DocumentFilter;
import io.elacsym.engine.filter.Expiry;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.TimeToLive;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.query.SnapshotReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What one write makes of documents, after those before it in its group. For one thread. */
final class OneWrite {
  private static final int OPERATIONS_BETWEEN_CHECKS = 1_000;

  private final CheckedWrite write;
  private final SnapshotReader reader;
  private final Map<DocId, Optional<Document>> earlier;
  private final Instant now;
  private final long most;
  private final long room;
  private final Optional<TimeToLive> timeToLive;
  private final Predicate<Document> isExpired;

  /** What it has made of documents so far; empty for a deleted one. */
  private final Map<DocId, Optional<Document>> own = new LinkedHashMap<>();

  private final Tally tally;
  private final StoredDocuments stored;
  private long bytes;

  /** The condition that was tested last, which is mostly that of the next change, too. */
  private Optional<TypedFilter> lastCondition = Optional.empty();

  private Predicate<Document> lastTest = document -> true;

  /**
   * What a write must keep to.
   *
   * @param now the moment at which it is made
   * @param most memory that one write may become
   * @param room how much of that the group has left
   */
  record Bounds(Instant now, long most, long room) {}

  /**
   * @param earlier what the group has made of documents before; empty for a deleted one
   */
  OneWrite(
      CheckedWrite write,
      SnapshotReader reader,
      Map<DocId, Optional<Document>> earlier,
      Bounds bounds) {
    this.write = write;
    this.reader = reader;
    this.earlier = earlier;
    this.now = bounds.now();
    this.most = bounds.most();
    this.room = bounds.room();
    this.timeToLive = write.schema().timeToLive();
    this.isExpired =
        Expiry.at(now, write.schema()).map(DocumentFilter::of).orElse(document -> false);
    this.tally = new Tally(write.request().returnsIds());
    this.stored = stored();
  }

  /** Documents that are looked at before they are changed: all of one that is patched. */
  private StoredDocuments stored() {
    List<DocId> ids = new ArrayList<>();
    Set<String> attributes = new HashSet<>();
    boolean whole = false;
    for (CheckedOp op : write.operations()) {
      Optional<CheckedCondition> condition = write.conditions().of(op);
      condition.ifPresent(known -> attributes.addAll(known.fields()));
      switch (op) {
        case CheckedOp.Patch patch -> {
          whole = true;
          ids.add(patch.id());
        }
        case CheckedOp.Upsert upsert when condition.isPresent() -> ids.add(upsert.document().id());
        case CheckedOp.Delete delete when condition.isPresent() -> ids.add(delete.id());
        default -> {
          // It is stored or deleted without a look at what there is.
        }
      }
    }
    Projection part = new Projection(Optional.of(List.of()), Optional.of(List.copyOf(attributes)));
    ids.removeIf(earlier::containsKey);
    return new StoredDocuments(reader, ids, whole ? Projection.ALL : part);
  }

  /**
   * @throws ElacsymException when it does not fit
   */
  void run() {
    int done = 0;
    for (CheckedOp op : write.operations()) {
      if (done++ % OPERATIONS_BETWEEN_CHECKS == 0) {
        Deadline.check();
      }
      switch (op) {
        case CheckedOp.Upsert upsert -> upsert(upsert);
        case CheckedOp.Patch patch -> patch(patch);
        case CheckedOp.Delete delete -> delete(delete);
        case CheckedOp.DeleteMatching delete -> deleteMatching(delete);
        case CheckedOp.PatchMatching patch -> patchMatching(patch);
      }
    }
  }

  /** What it has made of documents, in order; empty for a deleted one. */
  Map<DocId, Optional<Document>> changed() {
    return own;
  }

  WriteResult result() {
    return tally.result();
  }

  /** Memory of what it has become, besides what the request brought. */
  long bytes() {
    return bytes;
  }

  private void upsert(CheckedOp.Upsert op) {
    Document document = op.document();
    DocId id = document.id();
    Optional<CheckedCondition> condition = write.conditions().upsert();
    boolean allowed =
        condition.isPresent()
            ? mayUpsert(id, before(id), document.attributes())
            : write.conditions().createsAbsent() || exists(id);
    if (allowed) {
      own.put(
          id,
          Optional.of(
              new Document(id, document.vectors(), stamped(document.attributes(), Set.of()))));
      tally.upserted(id);
    } else if (condition.isEmpty()) {
      tally.missing(id);
    }
  }

  /** Whether an upsert may be made; counts the document if not. */
  private boolean mayUpsert(DocId id, Optional<Document> before, Map<String, Value> incoming) {
    if (before.isEmpty()) {
      if (!write.conditions().createsAbsent()) {
        tally.missing(id);
      }
      return write.conditions().createsAbsent();
    }
    return holds(write.conditions().upsert(), before.get(), incoming);
  }

  /** Whether a condition holds of a document; counts the document if not. */
  private boolean holds(
      Optional<CheckedCondition> condition, Document document, Map<String, Value> incoming) {
    if (condition.isEmpty()) {
      return true;
    }
    TypedFilter filter = condition.get().of(incoming);
    if (!lastCondition.equals(Optional.of(filter))) {
      lastCondition = Optional.of(filter);
      lastTest = DocumentFilter.of(filter);
    }
    boolean holds = lastTest.test(document);
    if (!holds) {
      tally.refused(document.id());
    }
    return holds;
  }

  private void patch(CheckedOp.Patch op) {
    Optional<Document> before = before(op.id());
    if (op.creates()) {
      if (mayUpsert(op.id(), before, op.attributes())) {
        change(op, before);
        tally.upserted(op.id());
      }
    } else if (before.isEmpty()) {
      tally.missing(op.id());
    } else if (holds(write.conditions().patch(), before.get(), op.attributes())) {
      change(op, before);
      tally.patched(op.id());
    }
  }

  private void change(CheckedOp.Patch op, Optional<Document> before) {
    Document merged = merged(op.id(), before, op.vectors(), op.attributes(), op.removed());
    count(growth(merged));
    own.put(op.id(), Optional.of(merged));
  }

  /** What a change brings, and the time of the write where documents shall have that. */
  private Map<String, Value> stamped(Map<String, Value> brought, Set<String> removed) {
    Optional<String> stamp =
        timeToLive
            .filter(TimeToLive::onWrite)
            .map(TimeToLive::attribute)
            .filter(name -> !brought.containsKey(name) && !removed.contains(name));
    if (stamp.isEmpty()) {
      return brought;
    }
    Map<String, Value> attributes = new LinkedHashMap<>(brought);
    attributes.put(stamp.get(), new Value.DateTime(now.toEpochMilli()));
    return attributes;
  }

  private Document merged(
      DocId id,
      Optional<Document> before,
      Map<String, float[]> newVectors,
      Map<String, Value> newAttributes,
      Set<String> removed) {
    Map<String, float[]> vectors = new HashMap<>();
    Map<String, Value> attributes = new LinkedHashMap<>();
    before.ifPresent(document -> {
      vectors.putAll(document.vectors());
      attributes.putAll(document.attributes());
    });
    vectors.putAll(newVectors);
    attributes.putAll(stamped(newAttributes, removed));
    attributes.keySet().removeAll(removed);
    Document merged = new Document(id, vectors, attributes);
    WriteCheck.checkSize(merged);
    return merged;
  }

  /** How much more memory this write takes with a document in the place of what it had made. */
  private long growth(Document merged) {
    Optional<Document> replaced = own.getOrDefault(merged.id(), Optional.empty());
    return Footprint.of(merged) - replaced.map(Footprint::of).orElse(0L);
  }

  private void delete(CheckedOp.Delete op) {
    Optional<CheckedCondition> condition = write.conditions().delete();
    if (condition.isPresent()) {
      Optional<Document> before = before(op.id());
      if (before.isEmpty()) {
        tally.missing(op.id());
      } else if (holds(condition, before.get(), Map.of())) {
        own.put(op.id(), Optional.empty());
        tally.deleted(op.id());
      }
      return;
    }
    if (exists(op.id())) {
      tally.deleted(op.id());
    } else {
      tally.missing(op.id());
    }
    own.put(op.id(), Optional.empty());
  }

  private void deleteMatching(CheckedOp.DeleteMatching op) {
    long fitting = op.partial() ? room - bytes : most;
    List<DocId> ids = matching(op.filter(), fitting / Footprint.ID, op.partial());
    count(Footprint.ID * ids.size());
    for (DocId id : ids) {
      own.put(id, Optional.empty());
      tally.deleted(id);
    }
  }

  private void patchMatching(CheckedOp.PatchMatching op) {
    List<DocId> ids = matching(op.filter(), most / Footprint.DOCUMENT, op.partial());
    StoredDocuments documents = new StoredDocuments(reader, ids, Projection.ALL);
    boolean first = true;
    for (DocId id : ids) {
      Optional<Document> before = pending(id).orElseGet(() -> documents.get(id));
      Document merged = merged(id, before, Map.of(), op.attributes(), op.removed());
      long more = growth(merged);
      if (op.partial() && !first && bytes + more > room) {
        tally.remains();
        return;
      }
      count(more);
      own.put(id, Optional.of(merged));
      tally.patched(id);
      first = false;
    }
  }

  /**
   * Counts the memory of what a write becomes: patches become whole documents and filters become
   * ids, either of which may be many times as large as the request.
   */
  private void count(long more) {
    bytes += more;
    if (bytes > most) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "the write changes documents of more than "
              + most
              + " bytes at once; send it in parts, or with a filter allow a partial change");
    }
    if (bytes > room) {
      throw new ElacsymException(
          ErrorKind.OVERLOADED,
          "writes that came at the same time change documents of more than "
              + most
              + " bytes; try again shortly");
    }
  }

  private Optional<Optional<Document>> pending(DocId id) {
    Optional<Document> mine = own.get(id);
    Optional<Document> known = mine != null ? mine : earlier.get(id);
    return known == null ? Optional.empty() : Optional.of(known.filter(isExpired.negate()));
  }

  private boolean exists(DocId id) {
    return pending(id).map(Optional::isPresent).orElseGet(() -> reader.contains(id));
  }

  /** The document as the write finds it; of what is stored perhaps only what it has to look at. */
  private Optional<Document> before(DocId id) {
    return pending(id).orElseGet(() -> stored.get(id));
  }

  /**
   * Documents that match, as they are now.
   *
   * @param fitting how many can be changed at once
   * @param partial whether those are enough
   */
  private List<DocId> matching(TypedFilter filter, long fitting, boolean partial) {
    int limit = Math.clamp(fitting, 1, Integer.MAX_VALUE);
    Map<DocId, Optional<Document>> pending = new HashMap<>(earlier);
    pending.putAll(own);
    Predicate<Document> test = DocumentFilter.of(filter);
    List<DocId> ids = new ArrayList<>();
    pending.forEach((id, document) -> {
      if (document.filter(isExpired.negate()).filter(test).isPresent()) {
        ids.add(id);
      }
    });
    // What the group has changed is not as it is stored: it is found above, or is not to be found.
    int most = (int) Math.min(Integer.MAX_VALUE, (long) limit + pending.size());
    SnapshotReader.Matching found = reader.matching(filter, most);
    found.ids().stream().filter(id -> !pending.containsKey(id)).forEach(ids::add);
    boolean more = found.more() || ids.size() > limit;
    if (more && !partial) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "the filter matches more than "
              + limit
              + " documents, too many to change at once; narrow it, for example to a range of id,"
              + " or allow a partial change");
    }
    if (more) {
      tally.remains();
    }
    return ids.size() > limit ? ids.subList(0, limit) : ids;
  }
}
