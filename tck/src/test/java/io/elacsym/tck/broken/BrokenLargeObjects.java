package io.elacsym.tck.broken;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.StoredObject;
import java.util.List;
import java.util.Optional;

/** Storages that treat small objects as they should. */
final class BrokenLargeObjects {
  private static final long LARGE = 32 << 20;
  private static final int CHUNK = 1 << 20;

  private BrokenLargeObjects() {}

  static List<BrokenPart> parts() {
    return List.of(
        BrokenStorageTest.putting(
            "drops the condition of an upload in parts",
            (inner, name, payload, mode) ->
                inner.put(name, payload, payload.size() > LARGE ? PutMode.OVERWRITE : mode),
            "conditions hold for large objects, too"),
        BrokenStorageTest.putting(
            "shows the first part of an upload",
            (inner, name, payload, mode) ->
                payload.size() > LARGE
                    ? BrokenStorageTest.inTwoSteps(inner, name, payload, mode)
                    : inner.put(name, payload, mode),
            "a large object is seen whole or not at all while it is written"),
        BrokenStorageTest.putting(
            "completes an upload that failed",
            (inner, name, payload, mode) ->
                payload.size() > LARGE
                    ? BrokenStorageTest.storingParts(inner, name, payload, mode, false)
                    : inner.put(name, payload, mode),
            "a large payload that fails half way leaves no object"),
        BrokenStorageTest.broken(
            "reads a chunk at most",
            ReadsAChunk::new,
            "a range of many MiB comes back whole from any offset"));
  }

  private static final class ReadsAChunk extends SpoiltStorage {
    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      return range.offset() == 0
          ? inner.get(name, range)
          : inner.get(name, new ByteRange(range.offset(), Math.min(range.length(), CHUNK)));
    }
  }
}
