package io.elacsym.engine.leaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreBar;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.leaf.LeafQuestion.Wanted;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.model.Seeded;
import io.elacsym.engine.model.Value;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeafCodecTest {
  private static final int ROWS = 70;
  private static final QueryCost COST = new QueryCost(1, 0, 2, 3_000_000_000L, 4, 5, 0);

  private static byte[] request(LeafQuestion question) {
    return LeafCodec.writeRequest(7, "00aa", "digest", question);
  }

  private static byte[] reply(byte[] request, LeafAnswer answer) {
    return LeafCodec.writeReply(LeafCodec.readRequest(request), new LeafReply(answer, COST));
  }

  @Test
  void everyQuestionAndEveryAnswerIsReadAsItWasWritten() {
    Seeded.run(random -> {
      for (int round = 0; round < 1_000; round++) {
        int rows = 1 + random.nextInt(200);
        LeafMessages messages = new LeafMessages(random, rows);
        LeafQuestion question = messages.question();
        byte[] request = request(question);
        LeafRequest read = LeafCodec.readRequest(request);
        assertThat(read.manifestVersion()).isEqualTo(7);
        assertThat(read.segment()).isEqualTo("00aa");
        assertThat(read.digest()).isEqualTo("digest");
        assertThat(shown(read.question(rows))).isEqualTo(shown(question));
        LeafAnswer answer = messages.answer();
        LeafReply reply = LeafCodec.readReply(reply(request, answer), request, rows);
        assertThat(reply.cost()).isEqualTo(COST);
        assertThat(shown(reply.answer())).isEqualTo(shown(answer));
      }
    });
  }

  /** All there is in a message, also what is in arrays. */
  private static String shown(Object part) {
    return switch (part) {
      case Record message ->
          message.getClass().getSimpleName()
              + Stream.of(message.getClass().getRecordComponents())
                  .map(component -> component.getName() + "=" + shown(value(message, component)))
                  .toList();
      case RowSet rows ->
          rows.rowCount()
              + ":"
              + IntStream.range(0, rows.rowCount()).filter(rows::contains).boxed().toList();
      case ScoreBar bar -> Float.toString(bar.score());
      case float[] values -> Arrays.toString(values);
      case int[] values -> Arrays.toString(values);
      case List<?> list -> list.stream().map(LeafCodecTest::shown).toList().toString();
      case Optional<?> optional -> optional.map(LeafCodecTest::shown).toString();
      case Map<?, ?> map -> {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(shown(key), shown(value)));
        yield sorted.toString();
      }
      default -> part.toString();
    };
  }

  private static Object value(Record message, RecordComponent component) {
    try {
      return component.getAccessor().invoke(message);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static LeafQuestion nearest() {
    BitSet accept = new BitSet();
    accept.set(1, 69);
    return new LeafQuestion.Nearest(
        "vector",
        new VectorQuery(
            new float[] {1.5f, -0.0f}, 3, RowSet.of(ROWS, accept), 0.95, OptionalInt.of(8)),
        Optional.of(new Wanted(List.of("title"), List.of("vector"))));
  }

  /** Nodes of one release speak so; what changes it needs another number in the first bytes. */
  @Test
  void aRequestAndAReplyHaveTheseBytes() {
    byte[] request = request(nearest());
    assertThat(HexFormat.of().formatHex(request)).isEqualTo(GOLDEN_REQUEST);
    assertThat(
            HexFormat.of()
                .formatHex(
                    reply(
                        request,
                        new LeafAnswer.Vectors(
                            new VectorHits(new int[] {3, 1}, new float[] {0.5f, 0.25f}, 68),
                            "plain index"))))
        .isEqualTo(GOLDEN_REPLY);
  }

  private static final String GOLDEN_REQUEST =
      "454c41434c4651319f0764303061616664696765737458519f676e65617265737466766563746f72"
          + "480000c03f0000008003f5543a300000010000000000010010000000000045001b3fee6666666666"
          + "66f5083a007ffffff581657469746c658166766563746f72ffffacdb26e0";
  private static final String GOLDEN_REPLY =
      "454c41434c4641319f3a1fd9245301021ab2d05e00040567766563746f7273480300000001000000"
          + "480000003f0000803e18446b706c61696e20696e646578ff6b1fed57";

  @Test
  void aMessageThatWasCutOrDamagedIsNone() {
    byte[] request = request(nearest());
    byte[] reply = reply(request, new LeafAnswer.Scores(new float[] {1}));
    for (int length = 0; length < request.length; length++) {
      byte[] cut = Arrays.copyOf(request, length);
      assertThatThrownBy(() -> LeafCodec.readRequest(cut))
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST));
    }
    for (int bit = 0; bit < reply.length * 8; bit++) {
      byte[] damaged = reply.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> LeafCodec.readReply(damaged, request, ROWS))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aReplyToAnotherQuestionIsNone() {
    byte[] request = request(nearest());
    byte[] other = request(new LeafQuestion.Fetch(new int[] {1}, new Wanted(List.of(), List.of())));
    assertThatThrownBy(
            () -> LeafCodec.readReply(reply(other, new LeafAnswer.Refused("no")), request, ROWS))
        .hasMessage("it is the reply to another question");
  }

  /** Nobody but a bug, or somebody who means harm, sends these: their checksum holds. */
  @Test
  void whateverIsInsideAValidChecksumIsAQuestionAboutSuchASegmentOrNone() {
    Seeded.run(random -> {
      for (int round = 0; round < 5_000; round++) {
        byte[] question = LeafCodec.readRequest(request(message(random))).question();
        byte[] damaged =
            random.nextInt(4) == 0
                ? Arrays.copyOf(question, random.nextInt(question.length + 1))
                : question.clone();
        for (int hits = random.nextInt(4); hits > 0 && damaged.length > 0; hits--) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        try {
          checkBounds(LeafCodec.readQuestion(damaged, ROWS));
        } catch (ElacsymException e) {
          assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST);
        }
      }
    });
  }

  private static LeafQuestion message(Random random) {
    return new LeafMessages(random, ROWS).question();
  }

  private static void checkBounds(LeafQuestion question) {
    if (question instanceof LeafQuestion.Fetch fetch) {
      assertThat(Arrays.stream(fetch.rows())).allMatch(row -> row >= 0 && row < ROWS);
    }
    if (question instanceof LeafQuestion.Counting counting) {
      assertThat(counting.live().rowCount()).isEqualTo(ROWS);
    }
  }

  @Test
  void rowsThatTheSegmentDoesNotHaveAreNotRead() {
    byte[] request =
        request(new LeafQuestion.Fetch(new int[] {69}, new Wanted(List.of(), List.of())));
    assertThatThrownBy(() -> LeafCodec.readRequest(request).question(69))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("row 69 of 69");
    byte[] live = request(new LeafQuestion.Counting("f", List.of(), RowSet.of(ROWS, bit(69))));
    assertThatThrownBy(() -> LeafCodec.readRequest(live).question(69))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("row 69 of 69");
  }

  private static BitSet bit(int row) {
    BitSet bits = new BitSet();
    bits.set(row);
    return bits;
  }

  @Test
  void aFilterThatIsNestedTooDeepIsNotRead() {
    TypedFilter filter = new TypedFilter.Equal("year", new Value.Int(1));
    for (int depth = 0; depth < 200; depth++) {
      filter = new TypedFilter.Not(filter);
    }
    byte[] request = request(new LeafQuestion.Matching(filter));
    assertThatThrownBy(() -> LeafCodec.readRequest(request).question(ROWS))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("nested deeper than 128");
  }
}
