package io.elacsym.format.orc;

import java.io.IOException;
import org.apache.orc.impl.PositionRecorder;

/** What fills the streams of one ORC column besides its present stream. For one thread. */
interface StreamEncoder {
  /** For the root, which has no streams. */
  StreamEncoder NONE =
      new StreamEncoder() {
        @Override
        public void position(PositionRecorder to) {}

        @Override
        public void flush() {}
      };

  /** Where the next value will be, for each stream in order. */
  void position(PositionRecorder to) throws IOException;

  /** Ends the streams. */
  void flush() throws IOException;
}
