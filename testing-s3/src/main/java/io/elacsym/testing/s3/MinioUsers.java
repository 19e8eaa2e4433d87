package io.elacsym.testing.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Creates users through MinIO's administration API. There is a client library for it, but none
 * whose version could stand beside the client that we ship.
 */
final class MinioUsers {
  private static final String ADMIN = "/minio/admin/v3/";

  private final S3Server server;

  MinioUsers(S3Server server) {
    this.server = server;
  }

  S3Server.User create(String policy) {
    String name = "user-" + UUID.randomUUID();
    String secret = UUID.randomUUID().toString();
    try {
      put("add-canned-policy?name=" + name, policy.getBytes(StandardCharsets.UTF_8));
      String user = "{\"secretKey\":\"" + secret + "\",\"status\":\"enabled\"}";
      put("add-user?accessKey=" + name, sealed(user.getBytes(StandardCharsets.UTF_8)));
      put(
          "set-user-or-group-policy?isGroup=false&policyName=" + name + "&userOrGroup=" + name,
          new byte[0]);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot create a user of " + server, e);
    }
    return new S3Server.User(name, secret);
  }

  private void put(String call, byte[] body) throws IOException {
    ContentStreamProvider payload = () -> new ByteArrayInputStream(body);
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.PUT)
            .uri(URI.create(server.endpoint() + ADMIN + call))
            .putHeader("Content-Length", Integer.toString(body.length))
            .build();
    SignedRequest signed =
        AwsV4HttpSigner.create()
            .sign(sign ->
                sign.identity(AwsBasicCredentials.create(server.accessKey(), server.secretKey()))
                    .request(request)
                    .payload(payload)
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4HttpSigner.REGION_NAME, server.region()));
    try (SdkHttpClient client = Apache5HttpClient.create()) {
      HttpExecuteResponse answer =
          client
              .prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(payload)
                      .build())
              .call();
      if (!answer.httpResponse().isSuccessful()) {
        String said =
            answer.responseBody().isEmpty()
                ? ""
                : new String(answer.responseBody().get().readAllBytes(), StandardCharsets.UTF_8);
        throw new IOException(call + ": " + answer.httpResponse().statusCode() + " " + said);
      }
    }
  }

  /**
   * Encrypts a request that carries a secret, in the form that the API wants: 32 bytes of salt, the
   * byte 2, which stands for "PBKDF2 and AES-GCM", 8 bytes of nonce, and then a stream of encrypted
   * fragments, of which there is only one here. The nonce of a fragment is the 8 bytes and the
   * fragment's number. Number 0 belongs to an empty fragment, whose tag is authenticated together
   * with each of the others.
   */
  private byte[] sealed(byte[] plain) throws GeneralSecurityException, IOException {
    SecureRandom random = new SecureRandom();
    byte[] salt = new byte[32];
    random.nextBytes(salt);
    byte[] nonce = new byte[8];
    random.nextBytes(nonce);
    SecretKey key =
        new SecretKeySpec(
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(server.secretKey().toCharArray(), salt, 8192, 256))
                .getEncoded(),
            "AES");
    ByteArrayOutputStream associated = new ByteArrayOutputStream();
    associated.write(0x80); // the last fragment
    associated.write(fragment(key, nonce, 0, new byte[0], new byte[0]));
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    sealed.write(salt);
    sealed.write(2);
    sealed.write(nonce);
    sealed.write(fragment(key, nonce, 1, associated.toByteArray(), plain));
    return sealed.toByteArray();
  }

  private static byte[] fragment(
      SecretKey key, byte[] nonce, int number, byte[] associated, byte[] plain)
      throws GeneralSecurityException {
    byte[] own =
        ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).put(nonce).putInt(number).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, own));
    cipher.updateAAD(associated);
    return cipher.doFinal(plain);
  }
}
