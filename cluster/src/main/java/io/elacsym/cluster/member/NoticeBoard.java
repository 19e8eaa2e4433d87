package io.elacsym.cluster.member;

import java.util.Map;
import java.util.Optional;

/**
 * Where nodes tell of themselves in the storage that they share. Calls block, and fail as the
 * storage does. Safe for use by many threads.
 */
public interface NoticeBoard {
  /** Puts up a notice, in the place of the one of that name. */
  void put(String name, byte[] content);

  /** What is put up, by name: each with a tag that changes with its content. */
  Map<String, String> list();

  /** A notice; empty when it has been taken down. */
  Optional<byte[]> read(String name);

  /** Takes a notice down. */
  void remove(String name);
}
