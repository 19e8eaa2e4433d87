package io.elacsym.engine.system;

import io.elacsym.engine.Engine;
import io.elacsym.engine.settings.Leaves;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * Engines of this process as leaves, behind a network that from time to time loses what is asked or
 * answered, cuts it, brings it to the wrong place, or never brings it.
 */
final class FickleLeaves implements Leaves {
  /** A namespace that the leaves have, too, with other segments. */
  static final String OTHER = "other";

  private final List<Engine> engines;
  private final Random random;
  private final List<byte[]> formerAnswers = new ArrayList<>();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  FickleLeaves(List<Engine> engines, long seed) {
    this.engines = engines;
    this.random = new Random(seed);
  }

  /** How often each thing has become of a question. */
  synchronized Map<Outcome, Integer> outcomes() {
    return Map.copyOf(outcomes);
  }

  @Override
  public Map<String, Leaf> of(String namespace, List<Share> segments) {
    Map<String, Leaf> leaves = new HashMap<>();
    for (Share share : segments) {
      // One share of all segments is left to the root.
      int place = Math.floorMod(share.segment().hashCode(), engines.size() + 1);
      if (place < engines.size()) {
        leaves.put(share.segment(), new Wire(namespace, place));
      }
    }
    return leaves;
  }

  private synchronized int dice(int sides) {
    return random.nextInt(sides);
  }

  private synchronized void count(Outcome outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  /** Remembers an answer, and gives one that was given to any question before. */
  private synchronized byte[] formerAnswer(byte[] answer) {
    formerAnswers.add(answer);
    return formerAnswers.get(random.nextInt(formerAnswers.size()));
  }

  private final class Wire implements Leaf {
    private final String namespace;
    private final int place;

    Wire(String namespace, int place) {
      this.namespace = namespace;
      this.place = place;
    }

    @Override
    public String name() {
      return "leaf-" + place;
    }

    @Override
    public byte[] ask(byte[] question, Duration atMost) throws IOException, InterruptedException {
      Engine engine = engines.get(place);
      int fate = dice(400);
      if (fate == 0) {
        new CountDownLatch(1).await();
      }
      return switch (fate / 10) {
        case 0 -> throw new IOException("the connection was lost");
        case 1 -> engine.answerLeaf(OTHER, question);
        case 2 -> cut(engine.answerLeaf(namespace, question));
        case 3 -> throw new IllegalStateException("a bug");
        case 4 -> engine.answerLeaf(namespace, cut(question));
        default -> {
          byte[] answer = engine.answerLeaf(namespace, question);
          byte[] former = formerAnswer(answer);
          yield dice(20) == 0 ? former : answer;
        }
      };
    }

    private byte[] cut(byte[] message) {
      return Arrays.copyOf(message, dice(message.length));
    }

    @Override
    public void became(Outcome outcome) {
      count(outcome);
    }
  }
}
