package io.elacsym.cluster.member;

import java.util.Map;
import java.util.Optional;

/** The board of nodes that do not tell of themselves in the storage. */
public final class NoBoard implements NoticeBoard {
  @Override
  public void put(String name, byte[] content) {
    throw new AssertionError("not used");
  }

  @Override
  public Map<String, String> list() {
    throw new AssertionError("not used");
  }

  @Override
  public Optional<byte[]> read(String name) {
    throw new AssertionError("not used");
  }

  @Override
  public void remove(String name) {
    throw new AssertionError("not used");
  }
}
