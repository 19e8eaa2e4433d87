package io.elacsym.storage.bucket.settings;

/** Credentials that the configuration names. */
public record Keys(String accessKeyId, String secretAccessKey) {
  @Override
  public String toString() {
    return "Keys[hidden]";
  }
}
