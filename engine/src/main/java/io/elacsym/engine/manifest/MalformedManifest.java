package io.elacsym.engine.manifest;

/** A manifest that cannot be decoded; the caller turns this into an error that names the object. */
final class MalformedManifest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedManifest(String message) {
    super(message);
  }
}
