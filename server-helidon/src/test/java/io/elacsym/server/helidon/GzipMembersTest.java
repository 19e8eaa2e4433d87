package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipMembersTest {
  private static byte[] zipped(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] unpacked(byte[] packed, int buffer) throws IOException {
    try (GzipMembers in = new GzipMembers(new ByteArrayInputStream(packed), buffer)) {
      return in.readAllBytes();
    }
  }

  @Test
  void membersOfEverySizeAreReadOneAfterTheOther() throws IOException {
    Random random = new Random(7);
    for (int buffer : new int[] {16, 17, 64, 16 << 10}) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      for (int member = 0; member < 50; member++) {
        byte[] part = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(5_000)];
        random.nextBytes(part);
        Arrays.fill(part, 0, part.length / 2, (byte) 'x');
        plain.writeBytes(part);
        packed.writeBytes(zipped(part));
      }
      assertThat(unpacked(packed.toByteArray(), buffer)).isEqualTo(plain.toByteArray());
    }
  }

  @Test
  void aHeaderMayHaveEveryOptionalPart() throws IOException {
    byte[] member = zipped("otter".getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(member, 0, 3);
    all.write(0x1e);
    all.write(member, 4, 6);
    all.writeBytes(HexFormat.of().parseHex("0300616263" + "6e616d6500" + "636f6d00" + "abcd"));
    all.write(member, 10, member.length - 10);
    assertThat(unpacked(all.toByteArray(), 32)).isEqualTo("otter".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsCutOffOrChangedIsRefused() {
    byte[] member = zipped("otter and kelp".repeat(20).getBytes(StandardCharsets.UTF_8));
    for (int length = 0; length < member.length; length++) {
      byte[] part = Arrays.copyOf(member, length);
      assertThatThrownBy(() -> unpacked(part, 64)).isInstanceOf(IOException.class);
    }
    for (int at = member.length - 8; at < member.length; at++) {
      byte[] changed = member.clone();
      changed[at] ^= 1;
      assertThatThrownBy(() -> unpacked(changed, 64)).hasMessageContaining("checksum");
    }
    assertThatThrownBy(() -> unpacked("{}".getBytes(StandardCharsets.UTF_8), 64))
        .isInstanceOf(IOException.class);
  }

  @Test
  void manyEmptyMembersAreNothingAtAll() throws IOException {
    byte[] empty = zipped(new byte[0]);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 100_000; i++) {
      many.writeBytes(empty);
    }
    assertThat(unpacked(many.toByteArray(), 16 << 10)).isEmpty();
    many.writeBytes(zipped("x".getBytes(StandardCharsets.UTF_8)));
    assertThat(unpacked(many.toByteArray(), 16 << 10)).hasSize(1);
  }
}
