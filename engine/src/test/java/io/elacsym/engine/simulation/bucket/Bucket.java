package io.elacsym.engine.simulation.bucket;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.PutResult.Outcome;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.simulation.world.Host;
import io.elacsym.engine.simulation.world.World;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The objects of a bucket, strongly consistent, under a clock of its own; and the requests that are
 * on their way to it. A request takes effect at one moment, all at once.
 */
public final class Bucket {
  private final World world;
  private final MemoryStorage objects;
  private final List<BucketWatcher> watchers = new ArrayList<>();
  private final Set<Flight> underWay = new LinkedHashSet<>();
  private final List<Trap> traps = new ArrayList<>();

  public Bucket(World world) {
    this.world = world;
    this.objects = new MemoryStorage(world::now);
  }

  public void watch(BucketWatcher watcher) {
    watchers.add(watcher);
  }

  /** A request that was sent; it arrives once, or is lost. */
  private final class Flight {
    private final Host sender;
    private final Runnable effect;
    private boolean held;

    Flight(Host sender, Runnable effect) {
      this.sender = sender;
      this.effect = effect;
    }

    void arrive() {
      if (!held && underWay.remove(this)) {
        effect.run();
      }
    }
  }

  /** Sends a request, which arrives after a while. */
  void send(Host sender, String what, Duration delay, Runnable effect) {
    Flight flight = new Flight(sender, effect);
    underWay.add(flight);
    world.after(delay, flight::arrive);
    List<Trap> sprung = traps.stream().filter(trap -> trap.fits(sender, what)).toList();
    traps.removeAll(sprung);
    sprung.forEach(trap -> trap.action().run());
  }

  /** Something that is to happen when a process sends a request of a kind. */
  private record Trap(Host sender, Predicate<String> request, Runnable action) {
    boolean fits(Host actual, String what) {
      return sender == actual && request.test(what);
    }
  }

  /**
   * Lets something happen when a process sends a request, which is on its way then.
   *
   * @param request sees the operation and the name: {@code put a/wal/...}
   */
  public void atNextRequest(Host sender, Predicate<String> request, Runnable action) {
    traps.add(new Trap(sender, request, action));
  }

  /** Lets the next request of a kind be on its way for a time, while its sender goes on. */
  public void slowNextRequest(Host sender, Predicate<String> request, Duration time) {
    atNextRequest(
        sender,
        request,
        () ->
            underWay.stream()
                .filter(flight -> flight.sender == sender)
                .reduce((earlier, later) -> later)
                .ifPresent(flight -> {
                  flight.held = true;
                  world.after(
                      time,
                      () -> {
                        flight.held = false;
                        flight.arrive();
                      });
                }));
  }

  /** A process stands still: what it was about to send may leave only when it goes on. */
  public void hold(Host sender) {
    underWay.stream()
        .filter(flight -> flight.sender == sender)
        .forEach(flight -> flight.held = world.random().nextBoolean());
  }

  /** A process goes on: what it was about to send is on its way now. */
  public void release(Host sender) {
    underWay.stream()
        .filter(flight -> flight.sender == sender && flight.held)
        .forEach(flight -> {
          flight.held = false;
          world.after(Duration.ofMillis(1), flight::arrive);
        });
  }

  /** What a dead process had sent may arrive all the same, or never. */
  public void senderDied(Host sender) {
    underWay.removeIf(flight -> flight.sender == sender && world.random().nextBoolean());
    release(sender);
  }

  /** Lets everything arrive that is on its way, however late it would have been. */
  public void settle() {
    underWay.forEach(flight -> flight.held = false);
    List.copyOf(underWay).forEach(Flight::arrive);
  }

  /** Names and facts of all objects below a prefix. */
  public List<ObjectInfo> list(String prefix) {
    return objects.list(prefix, "", Integer.MAX_VALUE);
  }

  List<ObjectInfo> list(String prefix, String after, int limit) {
    return objects.list(prefix, after, limit);
  }

  List<String> listFolders(String prefix, String after, int limit) {
    return objects.listFolders(prefix, after, limit);
  }

  public Optional<StoredObject> get(String name) {
    return objects.get(name, ByteRange.ALL);
  }

  Optional<StoredObject> get(String name, ByteRange range) {
    return objects.get(name, range);
  }

  public Optional<ObjectInfo> head(String name) {
    return objects.head(name);
  }

  PutResult put(String name, byte[] content, PutMode mode) {
    PutResult result = objects.put(name, Payload.of(content), mode);
    if (result.outcome() == Outcome.WON) {
      watchers.forEach(watcher -> watcher.stored(name, content));
    }
    return result;
  }

  void delete(List<String> names) {
    for (String name : names) {
      Optional<ObjectInfo> found = objects.head(name);
      if (found.isPresent()) {
        objects.delete(List.of(name));
        watchers.forEach(watcher -> watcher.deleted(found.get()));
      }
    }
  }
}
