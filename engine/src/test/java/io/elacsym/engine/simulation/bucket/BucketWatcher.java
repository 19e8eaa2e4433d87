package io.elacsym.engine.simulation.bucket;

import io.elacsym.api.storage.ObjectInfo;

/** Is told of every change of a bucket at the moment it happens. */
public interface BucketWatcher {
  /** An object is there now, or has this content now. */
  void stored(String object, byte[] content);

  /** An object that was there is gone now. */
  void deleted(ObjectInfo object);
}
