package org.rollcall.agent.reach.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.Charset;

/** Looks for a text in a page as it comes, in pieces. Keeps no more of it than the text is long. */
final class PageText {
  private final byte[] wanted;
  private byte[] tail = new byte[0];
  private long read;
  private boolean found;

  PageText(String wanted, Charset charset) {
    this.wanted = wanted.getBytes(charset);
  }

  /** Takes the next piece of the page; leaves the buffer as it was. */
  void add(ByteBuf piece) {
    read += piece.readableBytes();
    byte[] text = new byte[tail.length + piece.readableBytes()];
    System.arraycopy(tail, 0, text, 0, tail.length);
    piece.getBytes(piece.readerIndex(), text, tail.length, piece.readableBytes());
    for (int at = 0; at + wanted.length <= text.length && !found; at++) {
      found = startsAt(text, at);
    }
    int kept = Math.min(text.length, wanted.length - 1);
    tail = new byte[kept];
    System.arraycopy(text, text.length - kept, tail, 0, kept);
  }

  private boolean startsAt(byte[] text, int at) {
    for (int i = 0; i < wanted.length; i++) {
      if (text[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  boolean found() {
    return found;
  }

  /** Bytes taken so far. */
  long read() {
    return read;
  }
}
