package io.elacsym.storage.s3;

import io.elacsym.api.storage.PutMode;
import io.elacsym.testing.s3.contract.PutVerdictContract;

class PutVerdictTest extends PutVerdictContract {
  @Override
  protected Enum<?> verdict(int status, String code, PutMode mode) {
    return PutVerdict.of(status, code, mode);
  }
}
