package io.elacsym.tck.fault;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.fault.Request.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A storage that breaks down as a {@link FaultPlan} says, and counts what it is asked for. One of
 * these is one process's view of the storage behind it: when it crashes, others go on. Safe for use
 * by many threads.
 *
 * <p>It keeps the contract of {@link Storage}, but for {@link Fault.Kind#TRUNCATED} and {@link
 * Fault.Kind#FLIPPED} and the crash.
 */
public final class FaultyStorage implements Storage {
  /** A late put arrives before this many further requests have begun. */
  private static final int LATE_BY = 3;

  private final Storage inner;
  private final Sleeper sleeper;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLongArray counts = new AtomicLongArray(Operation.values().length);
  private final AtomicLong bytesRead = new AtomicLong();
  private final AtomicLong bytesWritten = new AtomicLong();
  private final Queue<LatePut> late = new ArrayDeque<>();
  private volatile FaultPlan plan;
  private volatile boolean crashed;

  private record LatePut(long due, String name, byte[] bytes, PutMode mode) {}

  /** A call of the storage behind. */
  @FunctionalInterface
  private interface Call<T> {
    T run();
  }

  /** Slow requests do not wait. */
  public FaultyStorage(Storage inner, FaultPlan plan) {
    this(inner, plan, Sleeper.NONE);
  }

  public FaultyStorage(Storage inner, FaultPlan plan, Sleeper sleeper) {
    this.inner = inner;
    this.plan = plan;
    this.sleeper = sleeper;
  }

  /** Another plan from now on; requests keep counting. */
  public void follow(FaultPlan newPlan) {
    plan = newPlan;
  }

  /** Everything fails with a {@link CrashError} from now on. */
  public void crash() {
    crashed = true;
  }

  /** Ends a crash. What was stored is still there, and late puts are still under way. */
  public void restart() {
    crashed = false;
  }

  /** Whether a crash has happened and not ended. */
  public boolean crashed() {
    return crashed;
  }

  /** Lets all puts that are still under way reach the storage, in their order. */
  public void deliverLate() {
    deliver(Long.MAX_VALUE);
  }

  /** How many requests have been made; the next has the number after this. */
  public long requests() {
    return numbers.get();
  }

  /** What was asked for so far. */
  public RequestCounts counts() {
    return new RequestCounts(
        count(Operation.GET),
        count(Operation.HEAD),
        count(Operation.PUT),
        count(Operation.LIST),
        count(Operation.DELETE),
        bytesRead.get(),
        bytesWritten.get());
  }

  private long count(Operation operation) {
    return counts.get(index(operation));
  }

  private static int index(Operation operation) {
    return Arrays.asList(Operation.values()).indexOf(operation);
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    Fault fault = begin(Operation.GET, name);
    return run(fault, name, () -> inner.get(name, range).map(object -> received(fault, object)));
  }

  @Override
  public Changed getIfChanged(String name, String knownTag) {
    Fault fault = begin(Operation.GET, name);
    return run(
        fault,
        name,
        () -> {
          Changed answer = inner.getIfChanged(name, knownTag);
          return answer instanceof Changed.To(StoredObject object)
              ? new Changed.To(received(fault, object))
              : answer;
        });
  }

  private StoredObject received(Fault fault, StoredObject object) {
    byte[] bytes = object.bytes();
    if (fault == Fault.Kind.TRUNCATED) {
      bytes = Arrays.copyOf(bytes, bytes.length / 2);
    } else if (fault == Fault.Kind.FLIPPED && bytes.length > 0) {
      bytes[bytes.length / 2] ^= 1;
    }
    bytesRead.addAndGet(bytes.length);
    return new StoredObject(object.info(), bytes);
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    return run(begin(Operation.HEAD, name), name, () -> inner.head(name));
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return run(begin(Operation.LIST, prefix), prefix, () -> inner.list(prefix, after, limit));
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    return run(
        begin(Operation.LIST, prefix), prefix, () -> inner.listFolders(prefix, after, limit));
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    Fault fault = begin(Operation.PUT, name);
    if (fault == Fault.Kind.NO_SPACE) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE, "no space left to write '" + name + "'; free some and try again");
    }
    if (fault == Fault.Kind.IN_DOUBT_LOST) {
      return PutResult.UNKNOWN;
    }
    if (fault == Fault.Kind.IN_DOUBT_LATE) {
      synchronized (late) {
        late.add(new LatePut(numbers.get() + LATE_BY, name, bytes(name, payload), mode));
      }
      return PutResult.UNKNOWN;
    }
    PutResult result = run(fault, name, () -> inner.put(name, payload, mode));
    bytesWritten.addAndGet(payload.size());
    return fault == Fault.Kind.IN_DOUBT_STORED ? PutResult.UNKNOWN : result;
  }

  @Override
  public void delete(List<String> names) {
    String first = names.isEmpty() ? "" : names.getFirst();
    Fault fault = begin(Operation.DELETE, first);
    if (fault == Fault.Kind.HALF_DELETED) {
      inner.delete(names.subList(0, names.size() / 2));
      throw unreachable(Operation.DELETE, first);
    }
    run(
        fault,
        first,
        () -> {
          inner.delete(names);
          return first;
        });
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    Fault fault = begin(Operation.DELETE, name);
    if (fault == Fault.Kind.HALF_DELETED) {
      throw unreachable(Operation.DELETE, name);
    }
    run(
        fault,
        name,
        () -> {
          inner.deleteBefore(name, deadline);
          return name;
        });
  }

  /** Counts a request and carries out the faults that come before it, such as a crash. */
  private Fault begin(Operation operation, String name) {
    if (crashed) {
      throw new CrashError("the process is dead; it asked for " + operation + " " + name);
    }
    long number = numbers.incrementAndGet();
    counts.incrementAndGet(index(operation));
    deliver(number);
    Fault fault = plan.next(new Request(number, operation, name));
    if (fault instanceof Fault.Slow slow) {
      sleeper.sleep(slow.by());
    }
    if (fault == Fault.Kind.UNAVAILABLE) {
      throw unreachable(operation, name);
    }
    if (fault == Fault.Kind.CRASH_BEFORE) {
      crashed = true;
      throw new CrashError("crash before request " + number + ": " + operation + " " + name);
    }
    return fault;
  }

  /** Runs a request, and crashes after it if that is the fault. */
  private <T> T run(Fault fault, String name, Call<T> call) {
    T result = call.run();
    if (fault == Fault.Kind.CRASH_AFTER) {
      crashed = true;
      throw new CrashError("crash after a request for " + name);
    }
    return result;
  }

  private static ElacsymException unreachable(Operation operation, String name) {
    return new ElacsymException(
        ErrorKind.UNAVAILABLE, operation + " " + name + ": the storage cannot be reached");
  }

  private void deliver(long now) {
    synchronized (late) {
      for (LatePut put = late.peek(); put != null && put.due() <= now; put = late.peek()) {
        late.remove();
        inner.put(put.name(), Payload.of(put.bytes()), put.mode());
        bytesWritten.addAndGet(put.bytes().length);
      }
    }
  }

  private static byte[] bytes(String name, Payload payload) {
    try (InputStream stream = payload.open()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw ElacsymException.unavailable("payload of " + name + " cannot be read: " + e, e);
    }
  }

  @Override
  public StorageCapabilities capabilities() {
    return inner.capabilities();
  }

  @Override
  public StorageStatistics statistics() {
    return inner.statistics();
  }

  @Override
  public void close() {
    inner.close();
  }
}
