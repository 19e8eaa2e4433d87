package %package%;

import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.storage.StorageContract;
import io.elacsym.tck.storage.StorageFixture;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything that Elacsym expects of a storage. Run it against the real service, too. */
class ContractTest {
  private final %provider% provider = new %provider%();
  private final AtomicInteger places = new AtomicInteger();

  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return ContractTests.of(
        StorageContract.checks(
            StorageFixture.of(
                provider, () -> Map.of("place", "place-" + places.incrementAndGet()))));
  }

  @TestFactory
  Stream<DynamicTest> saysWhatItIs() {
    return ContractTests.of(ProviderContract.checks(provider));
  }
}
