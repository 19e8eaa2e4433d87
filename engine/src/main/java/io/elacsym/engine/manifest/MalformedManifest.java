package io.elacsym.engine.manifest;

/** A manifest that does not read; becomes an error that names the object. */
final class MalformedManifest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MalformedManifest(String message) {
    super(message);
  }
}
