package io.elacsym.engine.system;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.fault.CrashError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** What a namespace must hold: every acknowledged write, and a failed one wholly or not at all. */
final class History {
  private static final int IDS = 30;

  /** Acknowledged content: title by id. */
  private Map<DocId, String> certain = new TreeMap<>();

  /** Content if the last write, which failed, took effect after all. */
  private Optional<Map<DocId, String>> possible = Optional.empty();

  private final Random random;
  private int written;

  History(long seed) {
    this.random = new Random(seed);
  }

  /** Sends a random write; a failure leaves its outcome open until {@link #settle}. */
  void write(Namespace namespace) {
    Map<DocId, String> after = new TreeMap<>(certain);
    List<WriteOp> ops = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      long id = random.nextInt(IDS);
      if (random.nextInt(4) == 0) {
        ops.add(new WriteOp.Delete(DocId.of(id)));
        after.remove(DocId.of(id));
      } else {
        String title = "write " + written++;
        ops.add(new WriteOp.Upsert(TestEngine.document(id, title)));
        after.put(DocId.of(id), title);
      }
    }
    possible = Optional.of(after);
    namespace.write(new WriteRequest(ops));
    certain = after;
    possible = Optional.empty();
  }

  /** Runs something that may fail without having an effect that readers could see. */
  static boolean attempt(Runnable action) {
    try {
      action.run();
      return true;
    } catch (ElacsymException | CrashError e) {
      return false;
    } catch (CompletionException e) {
      if (e.getCause() instanceof CrashError) {
        return false;
      }
      throw e;
    }
  }

  /** Reads everything and finds out which of the possible contents is there. */
  void settle(Engine engine, String namespace, String when) {
    Map<DocId, String> found = read(engine.namespace(namespace));
    if (possible.isPresent() && found.equals(possible.get())) {
      certain = possible.get();
    }
    possible = Optional.empty();
    if (!found.equals(certain)) {
      throw new AssertionError(when + ": expected " + certain + " but found " + found);
    }
  }

  private static Map<DocId, String> read(Namespace namespace) {
    Map<DocId, String> found = new TreeMap<>();
    Optional<DocId> after = Optional.empty();
    do {
      ScanPage page =
          namespace.scan(
              new ScanRequest(Optional.empty(), after, 10, Projection.ALL, Consistency.STRONG));
      for (Document document : page.documents()) {
        Value title = document.attributes().get("title");
        String before =
            found.put(document.id(), title instanceof Value.Text text ? text.value() : "?");
        if (before != null) {
          throw new AssertionError("document " + document.id() + " came twice");
        }
      }
      after = page.next();
    } while (after.isPresent());
    return found;
  }
}
