package %package%;

import %contract%;
import io.elacsym.tck.junit.ContractTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything that Elacsym expects of a %kind%. */
class ContractTest {
  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return ContractTests.of(%Contract%.checks(new %provider%()));
  }
}
