package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Allowance;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.segment.RowSizes;
import io.elacsym.engine.task.OnFailure;
import io.elacsym.engine.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/**
 * Reads the documents of an answer, in batches of which it is known beforehand that there is room
 * for them. All that is taken of the caller's allowance is given back when reading fails. For one
 * thread.
 */
final class DocumentFetch {
  private final List<Candidate> candidates;
  private final Projected wanted;
  private final Map<Part, IntToLongFunction> bounds = new HashMap<>();
  private final Allowance allowance = Allowance.current();
  private final List<Document> documents = new ArrayList<>();
  private long taken;

  /**
   * @param candidates whose documents are wanted, in the order of the answer
   * @param wanted what of them
   */
  DocumentFetch(List<Candidate> candidates, Projected wanted) {
    this.candidates = candidates;
    this.wanted = wanted;
  }

  /**
   * The documents of all candidates.
   *
   * @throws ElacsymException {@code TOO_LARGE} when they take more than an answer may, {@code
   *     OVERLOADED} when all answers together take too much
   */
  List<Document> all() {
    return read(true);
  }

  /** The documents of the first candidates, as many as an answer may hold and at least one. */
  List<Document> asFarAsThereIsRoom() {
    return read(false);
  }

  private List<Document> read(boolean all) {
    return OnFailure.undo(
        () -> allowance.giveBack(taken),
        () -> {
          while (documents.size() < candidates.size()) {
            if (!documents.isEmpty() && allowance.left() <= 0) {
              if (all) {
                throw tooLarge();
              }
              break;
            }
            Deadline.check();
            if (!batch(all)) {
              break;
            }
          }
          return documents;
        });
  }

  private ElacsymException tooLarge() {
    return new ElacsymException(
        ErrorKind.TOO_LARGE,
        "the answer is too large: after "
            + documents.size()
            + " of "
            + candidates.size()
            + " documents it has all the memory that an answer may take; ask for fewer with top_k,"
            + " for less of each with include_attributes and include_vector, or scan page by page");
  }

  /**
   * Reads what comes next.
   *
   * @return false when there is no room for its first document
   */
  private boolean batch(boolean all) {
    int from = documents.size();
    long room = Math.min(RowSizes.BATCH_BYTES, allowance.left());
    long most = 0;
    int to = from;
    while (to < candidates.size()) {
      Candidate next = candidates.get(to);
      long bytes = bound(next);
      if (to > from && most + bytes > room) {
        break;
      }
      most += bytes;
      to++;
    }
    // The sizes are upper bounds. The first document is read even if its bound does not fit,
    // because the document itself may, and is measured afterwards.
    take(most);
    List<Document> read = fetch(candidates.subList(from, to));
    long used = read.stream().mapToLong(Footprint::of).sum();
    giveBack(most - used);
    if (from > 0 && allowance.left() < 0) {
      giveBack(used);
      if (all) {
        throw tooLarge();
      }
      return false;
    }
    documents.addAll(read);
    return true;
  }

  /** An upper bound, in bytes, of the memory of a document. */
  private long bound(Candidate candidate) {
    return bounds
        .computeIfAbsent(candidate.part(), part -> part.bytes(wanted))
        .applyAsLong(candidate.row());
  }

  private void take(long bytes) {
    allowance.take(bytes);
    taken += bytes;
  }

  private void giveBack(long bytes) {
    allowance.giveBack(bytes);
    taken -= bytes;
  }

  private List<Document> fetch(List<Candidate> next) {
    Map<Part, List<Integer>> positions = new LinkedHashMap<>();
    for (int i = 0; i < next.size(); i++) {
      positions.computeIfAbsent(next.get(i).part(), p -> new ArrayList<>()).add(i);
    }
    Document[] found = new Document[next.size()];
    Parallel.map(
        List.copyOf(positions.entrySet()),
        entry -> {
          List<Integer> own = entry.getValue();
          int[] rows = own.stream().mapToInt(i -> next.get(i).row()).toArray();
          List<Document> read = entry.getKey().documents(rows, wanted);
          for (int i = 0; i < rows.length; i++) {
            found[own.get(i)] = read.get(i);
          }
          return true;
        });
    return Arrays.asList(found);
  }
}
