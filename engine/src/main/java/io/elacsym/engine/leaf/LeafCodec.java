package io.elacsym.engine.leaf;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.QueryCost;
import java.io.IOException;

/**
 * What root and leaf say to each other, in bytes. Both may be of different releases: what one of
 * them cannot read is an error of that one message, and the root searches itself.
 */
public final class LeafCodec {
  /** {@code "ELACLFQ1"}. */
  private static final long REQUEST = 0x3151464C43414C45L;

  /** {@code "ELACLFA1"}. */
  private static final long REPLY = 0x3141464C43414C45L;

  private LeafCodec() {}

  /**
   * @param digest of the segment
   */
  static byte[] writeRequest(
      long manifestVersion, String segment, String digest, LeafQuestion question) {
    return Frame.write(
        REQUEST,
        cbor -> {
          cbor.writeNumber(manifestVersion);
          cbor.writeString(segment);
          cbor.writeString(digest);
          cbor.writeBinary(Frame.write(inner -> QuestionCbor.write(inner, question)));
        });
  }

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} when the bytes are no whole request
   */
  public static LeafRequest readRequest(byte[] bytes) {
    try {
      return Frame.read(
          REQUEST,
          bytes,
          cbor ->
              new LeafRequest(
                  Items.number(cbor),
                  Items.text(cbor),
                  Items.text(cbor),
                  Items.bytes(cbor),
                  Frame.checksum(bytes)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  static LeafQuestion readQuestion(byte[] bytes, int rows) {
    try {
      return Frame.read(bytes, cbor -> QuestionCbor.read(cbor, rows));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static ElacsymException unreadable(IOException e) {
    return ElacsymException.invalid(
        "this is no question of a node of this version: " + e.getMessage());
  }

  /** The reply to a request. */
  public static byte[] writeReply(LeafRequest request, LeafReply reply) {
    return Frame.write(
        REPLY,
        cbor -> {
          cbor.writeNumber(request.checksum());
          QueryCost cost = reply.cost();
          cbor.writeNumber(cost.waves());
          cbor.writeNumber(cost.requests());
          cbor.writeNumber(cost.bytes());
          cbor.writeNumber(cost.memoryHits());
          cbor.writeNumber(cost.diskHits());
          AnswerCbor.write(cbor, reply.answer());
        });
  }

  /**
   * @param request to which it should be the reply
   * @param rows how many the segment has
   * @throws IOException when it is not that, or not whole
   */
  static LeafReply readReply(byte[] bytes, byte[] request, int rows) throws IOException {
    return Frame.read(
        REPLY,
        bytes,
        cbor -> {
          if (Items.number(cbor) != Frame.checksum(request)) {
            throw new IOException("it is the reply to another question");
          }
          int waves = Items.number(cbor, 0, Integer.MAX_VALUE);
          int requests = Items.number(cbor, 0, Integer.MAX_VALUE);
          long read = Items.number(cbor);
          int memoryHits = Items.number(cbor, 0, Integer.MAX_VALUE);
          int diskHits = Items.number(cbor, 0, Integer.MAX_VALUE);
          QueryCost cost = new QueryCost(waves, 0, requests, read, memoryHits, diskHits, 0);
          return new LeafReply(AnswerCbor.read(cbor, rows), cost);
        });
  }
}
