package io.elacsym.engine.system;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ManifestJson;
import io.elacsym.engine.manifest.ObjectNames;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a bucket holds that no namespace needs, when every grace is over. Counted from the manifests
 * alone: the engine's own accounting is what is tested.
 */
final class Leftovers {
  private static final String MANIFEST = "/manifest.json";

  private final Storage storage;
  private final TreeSet<String> left = new TreeSet<>();

  private Leftovers(Storage storage) {
    this.storage = storage;
  }

  static List<String> in(Storage storage) {
    Leftovers leftovers = new Leftovers(storage);
    leftovers.find();
    return new ArrayList<>(leftovers.left);
  }

  private void find() {
    String after = "";
    for (List<ObjectInfo> page = page(after); !page.isEmpty(); page = page(after)) {
      page.stream().map(ObjectInfo::name).forEach(left::add);
      after = page.getLast().name();
    }
    left.stream().filter(name -> name.endsWith(MANIFEST)).toList().forEach(this::account);
  }

  private List<ObjectInfo> page(String after) {
    return storage.list("", after, 1000);
  }

  private void account(String manifestName) {
    String namespace = manifestName.substring(0, manifestName.length() - MANIFEST.length());
    byte[] bytes = storage.get(manifestName, ByteRange.ALL).orElseThrow().bytes();
    Manifest manifest = ManifestJson.read(manifestName, bytes);
    left.remove(manifestName);
    if (!manifest.isActive()) {
      return;
    }
    manifest.content().names().forEach(name -> left.remove(ObjectNames.absolute(namespace, name)));
    // The last entry that is dead stays, too.
    String first =
        ObjectNames.absolute(
            namespace, ObjectNames.walUpTo(manifest.walFloor() - 1, manifest.incarnation()));
    left.tailSet(first)
        .removeIf(name ->
            name.startsWith(namespace + "/wal/") && name.endsWith(manifest.incarnation() + ".wal"));
    left.tailSet("%s/history/%020d-".formatted(namespace, manifest.historyFrom()))
        .removeIf(name ->
            name.startsWith(namespace + "/history/")
                && name.endsWith(manifest.incarnation() + ".json"));
  }
}
