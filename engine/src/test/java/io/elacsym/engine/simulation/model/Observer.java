package io.elacsym.engine.simulation.model;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.ManifestJson;
import io.elacsym.engine.simulation.bucket.BucketWatcher;
import io.elacsym.engine.wal.WalCodec;

/** Understands what is stored, and tells the models of it. */
public final class Observer implements BucketWatcher {
  private final Ledger ledger;
  private final Keeping keeping;

  public Observer(Ledger ledger, Keeping keeping) {
    this.ledger = ledger;
    this.keeping = keeping;
  }

  @Override
  public void stored(String object, byte[] content) {
    keeping.stored(object);
    ObjectName.of(object)
        .ifPresent(name -> {
          if (!name.isManifest()) {
            ledger.namespace(name.namespace()).stored();
          }
          if (name.isManifest()) {
            Manifest manifest = ManifestJson.read(object, content);
            ledger
                .namespace(name.namespace())
                .committed(manifest, keeping.isMarked(name.namespace()));
            keeping.committed(name.namespace(), manifest);
          }
          name.walSequence()
              .ifPresent(sequence ->
                  ledger
                      .namespace(name.namespace())
                      .appended(WalCodec.read(object, sequence, content)));
        });
  }

  @Override
  public void deleted(ObjectInfo object) {
    keeping.deleted(object);
    ObjectName.of(object.name())
        .ifPresent(name -> {
          if (name.isManifest()) {
            ledger.namespace(name.namespace()).purged();
          }
          if (keeping.isEmpty(name.namespace())) {
            ledger.namespace(name.namespace()).emptied();
          }
        });
  }
}
