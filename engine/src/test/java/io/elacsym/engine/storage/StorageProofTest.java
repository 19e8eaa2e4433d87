package io.elacsym.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.fault.ForwardingStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StorageProofTest {
  @Test
  void aGoodStorageIsUsedAndLeftAsItWas() {
    Storage storage = new MemoryStorage();
    StorageProof.check(storage, "1");
    assertThat(storage.list("", "", 10)).isEmpty();
  }

  @Test
  void aStorageThatLacksAnAbilityIsRefusedNamingIt() {
    expectRefusal(
        "refuse a put-if-absent of an object that exists",
        new Spoilt() {
          @Override
          public PutResult put(String name, Payload payload, PutMode mode) {
            return super.put(
                name, payload, mode.equals(PutMode.IF_ABSENT) ? PutMode.OVERWRITE : mode);
          }
        });
    expectRefusal(
        "refuse a put over a tag that is gone",
        new Spoilt() {
          @Override
          public PutResult put(String name, Payload payload, PutMode mode) {
            return super.put(
                name, payload, mode.equals(PutMode.IF_ABSENT) ? mode : PutMode.OVERWRITE);
          }
        });
    expectRefusal(
        "read a range of bytes",
        new Spoilt() {
          @Override
          public Optional<StoredObject> get(String name, ByteRange range) {
            return super.get(name, ByteRange.ALL);
          }
        });
    expectRefusal(
        "recognise a tag that is gone",
        new Spoilt() {
          @Override
          public Changed getIfChanged(String name, String knownTag) {
            return Changed.UNCHANGED;
          }
        });
    expectRefusal(
        "list what was written",
        new Spoilt() {
          @Override
          public List<ObjectInfo> list(String prefix, String after, int limit) {
            return List.of();
          }
        });
  }

  private static void expectRefusal(String ability, Storage storage) {
    assertThatThrownBy(() -> StorageProof.check(storage, "1"))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("this storage does not " + ability);
    assertThat(storage.head("elacsym-probe-1")).isEmpty();
  }

  @Test
  void aStorageThatDoesNotAnswerIsNotSaidToLackAnything() {
    Storage silent =
        new Spoilt() {
          @Override
          public PutResult put(String name, Payload payload, PutMode mode) {
            return PutResult.UNKNOWN;
          }
        };
    assertThatThrownBy(() -> StorageProof.check(silent, "1"))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE));
  }

  @Test
  void whatFailsFirstIsTold() {
    Storage forbidden =
        new Spoilt() {
          @Override
          public PutResult put(String name, Payload payload, PutMode mode) {
            throw ElacsymException.invalid("puts are forbidden");
          }

          @Override
          public void delete(List<String> names) {
            throw ElacsymException.invalid("deletes are forbidden");
          }
        };
    assertThatThrownBy(() -> StorageProof.check(forbidden, "1")).hasMessage("puts are forbidden");
  }

  /** A good storage, to be spoilt by overriding. */
  private static class Spoilt extends ForwardingStorage {
    Spoilt() {
      super(new MemoryStorage());
    }
  }
}
