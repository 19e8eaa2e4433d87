package io.elacsym.storage.minio;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Whether the store can have seen anything of a request, which carries this as a tag. */
final class Sending {
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
    // A 503 with "Retry-After: 0" would make the HTTP client send the request again, whatever it
    // was, and however it was told to leave that to us.
    return response.newBuilder().removeHeader("Retry-After").build();
  }
}
