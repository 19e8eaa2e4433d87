package io.elacsym.testing.s3;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3Proxy with its objects in this JVM's memory.
 *
 * <p>One promise of S3 is missing: of several multipart uploads that complete at once under
 * If-Match, more than one may win. Plain puts are decided by {@link OneWinnerStore}.
 */
final class InJvmServer extends S3Server {
  private static final String ACCESS_KEY = "elacsym";
  private static final String SECRET_KEY = "elacsym-secret";

  private InJvmServer(URI endpoint) {
    super(Kind.IN_JVM, "S3Proxy", endpoint, "us-east-1", ACCESS_KEY, SECRET_KEY);
  }

  static InJvmServer start() {
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(new OneWinnerStore(new TransientNio2BlobStore()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
            .build();
    try {
      proxy.start();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not start", e);
    }
    return new InJvmServer(URI.create("http://127.0.0.1:" + proxy.getPort()));
  }
}
