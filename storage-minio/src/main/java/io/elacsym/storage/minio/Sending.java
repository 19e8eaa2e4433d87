package io.elacsym.storage.minio;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Whether the store can have seen anything of a request, which carries this as a tag. */
final class Sending {
  /** What stands in the place of an ETag that an answer lacks. */
  static final String NO_TAG = "";

  private volatile boolean started;

  boolean started() {
    return started;
  }

  /**
   * A network interceptor: it runs when there is a connection, and before anything is sent on it.
   */
  static Response watch(Interceptor.Chain chain) throws IOException {
    @Nullable Sending sending = chain.request().tag(Sending.class);
    if (sending != null) {
      sending.started = true;
    }
    Response response = chain.proceed(chain.request());
    Response.Builder answer = response.newBuilder();
    // A 503 with "Retry-After: 0" would make the HTTP client send the request again, whatever it
    // was, and however it was told to leave that to us.
    answer.removeHeader("Retry-After");
    if (response.header("ETag") == null) {
      // MinIO's client believes that no answer came to a put when the answer has no ETag.
      answer.header("ETag", NO_TAG);
    }
    return answer.build();
  }
}
