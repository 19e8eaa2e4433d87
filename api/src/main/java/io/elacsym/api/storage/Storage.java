package io.elacsym.api.storage;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Flat object names and whole immutable objects. Safe for use by many threads; every call blocks.
 *
 * <p><b>Names</b> are 1 to 1,000 characters of {@code A-Za-z0-9-_.} and {@code /}; a part between
 * slashes has 1 to 255 of them and is neither {@code .} nor {@code ..}. They are case-sensitive and
 * ordered by byte. Callers never use the name of an object as a folder: where {@code a} is stored,
 * {@code a/b} is not, because not every storage could list both.
 *
 * <p><b>Consistency</b>: a get, head or list that starts after a put or delete has returned sees
 * its effect. A reader sees a whole object, old or new, never a mixture. An acknowledged put
 * survives the loss of the process and, as far as the storage promises it, of the machine.
 *
 * <p><b>Handles</b>: several storages may be open on one place, in one process or in many, and all
 * of this holds between them, too: what one writes another sees at once, and of conditional puts
 * through different handles one wins. A storage that cannot keep this says so in its {@linkplain
 * StorageCapabilities#shared capabilities}, and a second one cannot be opened ({@link
 * ErrorKind#CONFLICT}).
 *
 * <p><b>Tags</b> are versions of an object's content. Whoever knows a tag knows the content: two
 * different contents of one name never have the same tag, however large they are and however they
 * were written, whether or not the object was deleted in between, and whether or not the storage
 * was opened anew. So a tag may be a hash of the content, as the ETags of S3 are, or a number that
 * is never given twice; it may not be a size, a time, or a counter that begins again with each
 * object or process. No tag is empty, so a put on condition of the empty one loses. Put, get, head
 * and list tell the same tag of an object, and a tag that has passed is not compared with those of
 * other names.
 *
 * <p>A content that was there before, and comes again after another one (A, B, A), may have the tag
 * it had, and then a put on condition of that tag wins although the object has changed twice. That
 * is harmless here, because the host puts no content twice under a condition: each has its writer's
 * unique id in it, which {@link PutResult.Outcome#UNKNOWN} asks for anyway.
 *
 * <p><b>Errors</b>: a call that cannot reach the storage, or whose answer is cut short, throws
 * {@link ErrorKind#UNAVAILABLE}; a refused one (permissions, no space) throws with a message that
 * says what to do. A put that may or may not have taken effect does not throw: see {@link
 * PutResult}.
 */
public interface Storage extends AutoCloseable {
  /**
   * Reads an object or a part of it.
   *
   * @param range clipped to the object's size; the result may be empty
   * @return empty when there is no such object
   */
  Optional<StoredObject> get(String name, ByteRange range);

  /**
   * Reads an object unless it still has the tag the caller knows.
   *
   * @return whether it has changed, and to what
   */
  default Changed getIfChanged(String name, String knownTag) {
    Optional<ObjectInfo> info = head(name);
    if (info.isPresent() && info.get().tag().equals(knownTag)) {
      return Changed.UNCHANGED;
    }
    return info.isPresent() ? Changed.to(get(name, ByteRange.ALL)) : Changed.GONE;
  }

  /** What is known of an object without its bytes; empty when there is none. */
  Optional<ObjectInfo> head(String name);

  /**
   * Writes a whole object atomically: no reader ever sees a part of it, and it is durable when the
   * result is {@link PutResult.Outcome#WON}.
   *
   * <p>A failure <em>before</em> anything could have been stored throws; a failure after which the
   * object may or may not be there returns {@link PutResult.Outcome#UNKNOWN}. An implementation
   * must not repeat a conditional put by itself: the second try would lose against the first.
   *
   * <p>The condition holds at the moment in which the object becomes visible, not only when the put
   * begins, and for objects of every size.
   */
  PutResult put(String name, Payload payload, PutMode mode);

  /**
   * Lists objects in name order.
   *
   * @param prefix what names must start with; may be empty
   * @param after only names greater than this; may be empty, need not exist
   * @param limit at most this many, from 1
   * @return fewer than {@code limit} only when there are no more
   */
  List<ObjectInfo> list(String prefix, String after, int limit);

  /**
   * Lists folders: what names have in common up to the first slash behind a prefix, each once,
   * however many objects it holds. In the order of their objects: {@code a.b} comes before {@code
   * a}, because {@code a.b/x} comes before {@code a/x}.
   *
   * @param prefix what names must start with; may be empty, may end anywhere
   * @param after only folders behind this one, which need not exist, and all that is in it; may be
   *     empty
   * @param limit at most this many, from 1
   * @return without the slash at the end; fewer than {@code limit} only when there are no more
   */
  List<String> listFolders(String prefix, String after, int limit);

  /**
   * Deletes objects; names that do not exist are no error, also where there are objects whose names
   * begin with them: those stay. When it throws, any part may have been deleted, and calling it
   * again is safe.
   */
  void delete(List<String> names);

  /**
   * Deletes one object, if it is there, with one request that takes effect before a time or never:
   * the storage itself refuses it from then on, however late it arrives. An implementation does not
   * repeat it. For a name that somebody else may use again after that time.
   *
   * @param deadline by the storage's clock, the one of {@link ObjectInfo#lastModified}
   * @throws ElacsymException {@code UNAVAILABLE} when the object may be there still, also because
   *     the time is over
   */
  void deleteBefore(String name, Instant deadline);

  /** What this storage can do beyond the contract. */
  default StorageCapabilities capabilities() {
    return StorageCapabilities.UNLIMITED;
  }

  /**
   * A folder of this machine that is the storage's own and may hold the host's temporary files, for
   * a storage that lies on this machine. It is emptied when the storage is opened. A host that
   * finds it missing later asks again: then it is made anew, but not in the place of a volume that
   * was unmounted.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when what the storage lies in has gone
   */
  default Optional<Path> temporaryFolder() {
    return Optional.empty();
  }

  /** What was asked of the server so far, for metrics; cheap, and allowed after closing. */
  default StorageStatistics statistics() {
    return StorageStatistics.NONE;
  }

  /** Frees what is held; calls after it throw. It never fails, and may be called twice. */
  @Override
  void close();

  /**
   * Checks a name against the rules above.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} that says which rule is broken
   */
  static void checkName(String name) {
    if (name.isEmpty() || name.length() > 1000) {
      throw ElacsymException.invalid(
          "object name has " + name.length() + " characters, expected 1 to 1000");
    }
    for (String part : name.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw ElacsymException.invalid(
            "object name '" + name + "' has the part '" + part + "', which is not allowed");
      }
      if (part.length() > 255) {
        throw ElacsymException.invalid(
            "object name '"
                + name
                + "' has a part of "
                + part.length()
                + " characters, expected at most 255 between slashes");
      }
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "-_./".indexOf(c) < 0) {
        throw ElacsymException.invalid(
            "object name '" + name + "' has '" + c + "', expected A-Z a-z 0-9 - _ . and /");
      }
    }
  }
}
