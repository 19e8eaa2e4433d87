package io.elacsym.engine.settings;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Other processes that search segments for this one, where a namespace is larger than what one of
 * them can keep in its caches. No answer rests on them: what a leaf does not answer, or does not
 * answer in time, the engine searches itself. Safe for use by many threads; choosing sends no
 * request.
 */
public interface Leaves {
  /** For a process that knows of no others. */
  Leaves NONE = (namespace, segments) -> Map.of();

  /**
   * Who searches which segment of a namespace, by the id of the segment. What is not in the map is
   * searched by this process.
   *
   * @param segments all of them
   */
  Map<String, Leaf> of(String namespace, List<Share> segments);

  /**
   * A segment.
   *
   * @param segment its id
   * @param bytes of all its objects
   */
  record Share(String segment, long bytes) {}

  /** Another process. */
  interface Leaf {
    /** Its name, for an explanation. */
    String name();

    /**
     * Has a question answered by the engine of that process, whose {@code answerLeaf} gets it.
     * Waits for the answer; an interrupt gives it up, there as well if possible.
     *
     * @param atMost how long the answer is of use
     * @throws IOException when there is no answer
     */
    byte[] ask(byte[] question, Duration atMost) throws IOException, InterruptedException;

    /** Told what has become of a question. */
    void became(Outcome outcome);
  }

  /** What has become of a question to a leaf. */
  enum Outcome {
    /** It was answered, and the answer was used. */
    ANSWERED,
    /** The leaf does not know that very segment. */
    REFUSED,
    /** There was no answer, or none that can be used. */
    FAILED,
    /** This process had the answer first. */
    SLOW
  }
}
