package io.elacsym.engine.simulation.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.simulation.world.Host;
import io.elacsym.engine.simulation.world.Wait;
import io.elacsym.engine.simulation.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One process's way to the bucket. Each call sends a request and waits for the answer while other
 * threads run; the weather decides what becomes of both.
 */
public final class Connection implements Storage {
  /** A transfer goes wrong at most so often in a row: who reads three times gets the truth. */
  private static final int MOST_DAMAGED = 2;

  private static final String REFUSED = "refused";

  private final World world;
  private final Bucket bucket;
  private final Host host;
  private final Supplier<Weather> weather;
  private final Map<Reading, Integer> damagedInARow = new HashMap<>();
  private boolean closed;

  public Connection(World world, Bucket bucket, Host host, Supplier<Weather> weather) {
    this.world = world;
    this.bucket = bucket;
    this.host = host;
    this.weather = weather;
  }

  private record Reading(Thread thread, String name) {}

  /** What a request has come to; written when it happens, read when the waiting thread runs. */
  private static final class Answer<T> {
    private Optional<T> value = Optional.empty();
  }

  /**
   * Sends a request and waits.
   *
   * @param unanswered what the caller gets when no answer comes
   */
  private <T> T ask(String what, Fate fate, Supplier<T> effect, Supplier<T> unanswered) {
    if (closed) {
      throw new IllegalStateException("the storage is closed");
    }
    Wait wait = host.newWait();
    Answer<T> answer = new Answer<>();
    Runnable answered = wait::end;
    switch (fate) {
      case FINE, DAMAGED, HALVED ->
          bucket.send(
              host,
              what,
              delay(),
              () -> {
                T result = effect.get();
                log(what, result, fate);
                answer.value = Optional.of(result);
                world.after(delay(), answered);
              });
      case ANSWER_LOST ->
          bucket.send(
              host,
              what,
              delay(),
              () -> {
                log(what, effect.get(), fate);
                world.after(delay(), answered);
              });
      case LATE -> {
        bucket.send(host, what, weather.get().lateness(world), () -> log(what, effect.get(), fate));
        world.after(delay(), answered);
      }
      case LOST, REFUSED -> {
        log(what, "nothing", fate);
        world.after(delay(), answered);
      }
    }
    wait.await();
    if (fate == Fate.REFUSED || fate == Fate.HALVED) {
      throw unreachable(what);
    }
    return answer.value.orElseGet(unanswered);
  }

  private void log(String what, Object result, Fate fate) {
    String outcome =
        switch (result) {
          case PutResult put -> put.outcome().name();
          case Optional<?> found -> found.isPresent() ? "found" : "none";
          case List<?> found -> String.valueOf(found.size());
          case Changed changed -> changed.equals(Changed.UNCHANGED) ? "unchanged" : "changed";
          default -> String.valueOf(result);
        };
    world.log(host.name() + "  " + what + ": " + outcome + (fate == Fate.FINE ? "" : ", " + fate));
  }

  private Duration delay() {
    return weather.get().delay(world);
  }

  private static ElacsymException unreachable(String what) {
    return new ElacsymException(ErrorKind.UNAVAILABLE, what + ": the storage cannot be reached");
  }

  private <T> T read(String what, Fate fate, Supplier<T> effect) {
    return ask(
        what,
        fate,
        effect,
        () -> {
          throw unreachable(what);
        });
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    Fate fate = ofGet(name);
    Optional<StoredObject> found =
        read("get " + name + part(range), fate, () -> bucket.get(name, range));
    return found.map(object -> fate == Fate.DAMAGED ? damaged(object) : object);
  }

  private static String part(ByteRange range) {
    return range.equals(ByteRange.ALL) ? "" : " " + range.offset() + "+" + range.length();
  }

  @Override
  public Changed getIfChanged(String name, String knownTag) {
    Fate fate = ofGet(name);
    Changed changed =
        read(
            "get " + name + " unless " + knownTag,
            fate,
            () ->
                bucket.head(name).filter(info -> info.tag().equals(knownTag)).isPresent()
                    ? Changed.UNCHANGED
                    : Changed.to(bucket.get(name)));
    return fate == Fate.DAMAGED && changed instanceof Changed.To(StoredObject object)
        ? new Changed.To(damaged(object))
        : changed;
  }

  private Fate ofGet(String name) {
    Fate fate = name.contains("/") ? weather.get().ofRead(world) : plain();
    Reading reading = new Reading(Thread.currentThread(), name);
    if (fate == Fate.DAMAGED && damagedInARow.merge(reading, 1, Integer::sum) <= MOST_DAMAGED) {
      return fate;
    }
    damagedInARow.remove(reading);
    return fate == Fate.DAMAGED ? Fate.FINE : fate;
  }

  private StoredObject damaged(StoredObject object) {
    byte[] bytes = object.bytes();
    if (bytes.length > 0 && world.random().nextBoolean()) {
      bytes[world.random().nextInt(bytes.length)] ^= (byte) (1 << world.random().nextInt(8));
      return object;
    }
    return new StoredObject(object.info(), Arrays.copyOf(bytes, bytes.length / 2));
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    return read("head " + name, plain(), () -> bucket.head(name));
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return read("list " + prefix, plain(), () -> bucket.list(prefix, after, limit));
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    return read("folders " + prefix, plain(), () -> bucket.listFolders(prefix, after, limit));
  }

  /** However late the request arrives: the bucket looks at its own clock. */
  @Override
  public void deleteBefore(String name, Instant deadline) {
    Fate drawn = weather.get().ofDelete(world);
    Fate fate = drawn == Fate.HALVED ? Fate.LOST : drawn;
    String outcome =
        read(
            "delete " + name + " before " + deadline,
            fate,
            () -> {
              if (!world.now().isBefore(deadline)) {
                return REFUSED;
              }
              bucket.delete(List.of(name));
              return "deleted";
            });
    if (outcome.equals(REFUSED)) {
      throw unreachable("delete " + name);
    }
  }

  private Fate plain() {
    Fate fate = weather.get().ofRead(world);
    return fate == Fate.DAMAGED ? Fate.FINE : fate;
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    byte[] content = bytes(payload);
    return ask(
        "put "
            + name
            + switch (mode) {
              case PutMode.Overwrite always -> "";
              case PutMode.IfAbsent absent -> " if absent";
              case PutMode.IfMatches(String tag) -> " over " + tag;
            },
        weather.get().ofPut(world),
        () -> bucket.put(name, content, mode),
        () -> PutResult.UNKNOWN);
  }

  private static byte[] bytes(Payload payload) {
    try (InputStream stream = payload.open()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw ElacsymException.unavailable("a payload cannot be read: " + e, e);
    }
  }

  @Override
  public void delete(List<String> names) {
    Fate fate = weather.get().ofDelete(world);
    List<String> arriving = fate == Fate.HALVED ? names.subList(0, names.size() / 2) : names;
    read(
        "delete " + names,
        fate,
        () -> {
          bucket.delete(arriving);
          return "deleted";
        });
  }

  @Override
  public void close() {
    closed = true;
  }
}
