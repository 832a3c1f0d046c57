package org.rollcall.collector.store.influx;

import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * Stands between the client and HTTP, because the client tells refusals apart by their words and
 * takes an answer that was cut off for one that ended: here a refusal keeps its status, and what is
 * cut off is a fault. Any thread.
 */
final class Answers implements Interceptor {
  private static final int NO_CONTENT = 204;
  private static final long MOST_SAID = 4_096;

  private final int writeMillis;
  private final Consumer<Instant> dates;

  /**
   * @param writeMillis how long a write may wait for its acknowledgement
   * @param dates gets the time that each answer says it is
   */
  Answers(int writeMillis, Consumer<Instant> dates) {
    this.writeMillis = writeMillis;
    this.dates = dates;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    boolean write = request.url().encodedPath().endsWith("/write");
    Response response =
        write
            ? chain
                .withReadTimeout(writeMillis, TimeUnit.MILLISECONDS)
                .withWriteTimeout(writeMillis, TimeUnit.MILLISECONDS)
                .proceed(request)
            : chain.proceed(inMillis(request));
    Instant said = response.headers().getInstant("Date");
    if (said != null) {
      dates.accept(said);
    }
    if (write ? response.code() != NO_CONTENT : !response.isSuccessful()) {
      try (response) {
        throw new RefusedException(response.code(), response.peekBody(MOST_SAID).string().strip());
      }
    }
    ResponseBody body = response.body();
    return body == null ? response : response.newBuilder().body(new Whole(body)).build();
  }

  /** Times as milliseconds since 1970, which the client does not ask for in streamed answers. */
  private static Request inMillis(Request request) {
    HttpUrl url = request.url().newBuilder().setQueryParameter("epoch", "ms").build();
    return request.newBuilder().url(url).build();
  }

  /** A body whose early end is no end. */
  private static final class Whole extends ResponseBody {
    private final ResponseBody body;
    private final BufferedSource source;

    Whole(ResponseBody body) {
      this.body = body;
      this.source =
          Okio.buffer(
              new ForwardingSource(body.source()) {
                @Override
                public long read(Buffer sink, long byteCount) throws IOException {
                  try {
                    return super.read(sink, byteCount);
                  } catch (EOFException e) {
                    throw new IOException("InfluxDB's answer was cut off.", e);
                  }
                }
              });
    }

    @Override
    public MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() {
      return body.contentLength();
    }

    @Override
    public BufferedSource source() {
      return source;
    }
  }
}
