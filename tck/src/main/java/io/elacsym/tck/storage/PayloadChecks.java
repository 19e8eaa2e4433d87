package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;
import static io.elacsym.tck.storage.Places.random;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** How a storage treats what it is given to store: in pieces, and also where that fails. */
record PayloadChecks(StorageFixture fixture) {
  List<Check> checks() {
    return List.of(
        Check.of("a payload that comes in small pieces is stored whole", this::smallPieces),
        Check.of("what is opened of a payload is closed when the put returns", this::closed),
        Check.of("a payload that fails half way leaves no object", this::failingPayload),
        Check.of("a payload that ends early leaves no object", this::shortPayload));
  }

  /** A payload that counts the streams that are open. */
  private record Counting(Payload payload, AtomicInteger opened) implements Payload {
    @Override
    public long size() {
      return payload.size();
    }

    @Override
    public InputStream open() throws IOException {
      opened.incrementAndGet();
      return new FilterInputStream(payload.open()) {
        private boolean closed;

        @Override
        public synchronized void close() throws IOException {
          if (!closed) {
            closed = true;
            opened.decrementAndGet();
          }
          super.close();
        }
      };
    }
  }

  /** Of each outcome, because each has a way of its own through a storage. */
  private void closed() throws Exception {
    in(
        fixture,
        storage -> {
          AtomicInteger open = new AtomicInteger();
          Payload small = new Counting(Payload.of(new byte[1000]), open);
          Payload several = new Counting(Payload.of(new byte[6 << 20]), open);
          for (Payload payload : List.of(small, several)) {
            String what = "open streams of a payload of " + payload.size() + " bytes, ";
            storage.put("o", payload, PutMode.OVERWRITE);
            Expect.equal(what + "that was stored", 0, open.get());
            storage.put("o", payload, PutMode.IF_ABSENT);
            storage.put("o", payload, PutMode.ifMatches("made-up"));
            Expect.equal(what + "that was not stored", 0, open.get());
          }
          expectFails(
              storage,
              "new",
              new Counting(new BrokenPayload(600_000, 300_000, true), open),
              PutMode.OVERWRITE);
          Expect.equal("open streams of a payload that fails half way", 0, open.get());
        });
  }

  /** As from a socket: a read gives fewer bytes than there is room for. */
  private void smallPieces() throws Exception {
    byte[] bytes = random(Seed.current(), 300_000);
    Payload pieces =
        new Payload() {
          @Override
          public long size() {
            return bytes.length;
          }

          @Override
          public InputStream open() {
            return new ByteArrayInputStream(bytes) {
              @Override
              public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + pos % 1021));
              }
            };
          }
        };
    in(
        fixture,
        storage -> {
          for (PutMode mode : List.of(PutMode.OVERWRITE, PutMode.IF_ABSENT)) {
            String name = mode.conditional() ? "conditional" : "unconditional";
            Expect.equal(
                "outcome", PutResult.Outcome.WON, storage.put(name, pieces, mode).outcome());
            Expect.equal("content", bytes, storage.get(name, ByteRange.ALL).orElseThrow().bytes());
          }
        });
  }

  private void failingPayload() throws Exception {
    leavesNothing(new BrokenPayload(600_000, 300_000, true));
  }

  private void shortPayload() throws Exception {
    leavesNothing(new BrokenPayload(10, 9, false));
  }

  private void leavesNothing(Payload broken) throws Exception {
    in(
        fixture,
        storage -> {
          String tag = put(storage, "old", "kept");
          expectFails(storage, "new", broken, PutMode.OVERWRITE);
          expectFails(storage, "new", broken, PutMode.IF_ABSENT);
          expectFails(storage, "old", broken, PutMode.OVERWRITE);
          expectFails(storage, "old", broken, PutMode.ifMatches(tag));
          Expect.equal("new object", "(absent)", content(storage, "new"));
          Expect.equal("old object", "kept", content(storage, "old"));
          Expect.equal("names listed", List.of("old"), names(storage, "", "", 10));
          PutResult next = put(storage, "new", "good", PutMode.IF_ABSENT);
          Expect.equal("outcome of the next try", PutResult.Outcome.WON, next.outcome());
        });
  }

  static void expectFails(Storage storage, String name, Payload broken, PutMode mode)
      throws Exception {
    Expect.exception(
        ElacsymException.class,
        "put of a broken payload to '" + name + "'",
        () -> storage.put(name, broken, mode));
  }
}
