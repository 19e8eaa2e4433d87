package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.TestContext;
import java.util.List;
import java.util.Map;

/** Everything that a storage does, once; the program of {@link PackagedPluginIT}. */
final class EveryOperation {
  static final String DONE = "all done";

  private static final int LARGE = 6 << 20;

  private EveryOperation() {}

  /**
   * @param where endpoint, region and bucket
   */
  public static void main(String[] where) {
    Map<String, String> options =
        Map.of(
            "endpoint", where[0],
            "region", where[1],
            "bucket", where[2],
            "multipart_threshold", "5MB",
            "part_size", "5MB");
    MinioStorageProvider provider = new MinioStorageProvider();
    try (Storage storage = provider.open(TestContext.of(provider, options))) {
      Payload small = Payload.of(new byte[] {1, 2, 3});
      PutResult first = storage.put("small", small, PutMode.IF_ABSENT);
      String tag = first.tag().orElseThrow();
      expect(storage.put("small", small, PutMode.IF_ABSENT).equals(PutResult.LOST), "lost");
      expect(storage.getIfChanged("small", tag).equals(Changed.UNCHANGED), "unchanged");
      expect(storage.put("small", small, PutMode.ifMatches(tag)).tag().isPresent(), "won");
      Payload large = Payload.of(new byte[LARGE]);
      expect(storage.put("large", large, PutMode.OVERWRITE).tag().isPresent(), "parts");
      expect(storage.head("large").map(ObjectInfo::size).orElseThrow() == LARGE, "head");
      expect(storage.get("large", new ByteRange(7, 9)).orElseThrow().bytes().length == 9, "get");
      expect(storage.get("small", new ByteRange(7, 9)).orElseThrow().bytes().length == 0, "end");
      expect(storage.get("absent", ByteRange.ALL).isEmpty(), "absent");
      expect(storage.list("", "large", 10).size() == 1, "list");
      storage.delete(List.of("small", "large", "absent"));
      storage.delete(List.of("small"));
      expect(storage.list("", "", 10).isEmpty(), "deleted");
    }
    try {
      provider.open(
          TestContext.of(
              provider, Map.of("bucket", "no-such", "region", where[1], "endpoint", where[0])));
      throw new AssertionError("opened a bucket that does not exist");
    } catch (ElacsymException e) {
      expect(e.toString().contains("no such bucket"), e.toString());
    }
    System.out.print(DONE);
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
