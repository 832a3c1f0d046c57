package org.rollcall.collector.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;

/**
 * Files in the register itself, so that a backup, a restore and a move of the register carry them.
 * Runs in its caller's transaction.
 */
public final class KeptFiles {
  /** Bytes of one row: a thousand of them, as a moving register holds at once, are 64 MiB. */
  static final int PART = 64 * 1024;

  private KeptFiles() {}

  /** Writes a content; called once. */
  @FunctionalInterface
  public interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A content, packed while it is written, so that only its gzip is in memory.
   *
   * @param gzip not to be changed
   */
  public record Packed(String sha256, long bytes, byte[] gzip) {
    /** Runs the source. */
    public static Packed of(Source source) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      MessageDigest digest = digest();
      try {
        Counting counted = new Counting(new GZIPOutputStream(packed, PART), digest);
        source.writeTo(counted);
        counted.close();
        return new Packed(
            HexFormat.of().formatHex(digest.digest()), counted.bytes, packed.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException("A file could not be made.", e);
      }
    }
  }

  /** Counts and digests what passes. */
  private static final class Counting extends FilterOutputStream {
    private final MessageDigest digest;
    private long bytes;

    Counting(OutputStream out, MessageDigest digest) {
      super(out);
      this.digest = digest;
    }

    @Override
    public void write(int one) throws IOException {
      digest.update((byte) one);
      bytes++;
      out.write(one);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      digest.update(some, from, length);
      bytes += length;
      out.write(some, from, length);
    }
  }

  /** SHA-256 of some bytes, in hexadecimal. */
  public static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }

  /** Keeps a packed content. */
  public static KeptFile put(Handle handle, Packed packed) {
    return put(handle, packed.sha256(), packed.bytes(), true, packed.gzip());
  }

  /** Keeps a content as it is: one that is packed already, such as a picture. */
  public static KeptFile putPlain(Handle handle, byte[] content) {
    return put(handle, sha256(content), content.length, false, content);
  }

  private static KeptFile put(
      Handle handle, String sha256, long bytes, boolean packed, byte[] content) {
    long id =
        handle
            .createUpdate(
                "INSERT INTO kept_file (sha256, bytes, packed) VALUES (:sha256, :bytes, :packed)")
            .bind("sha256", sha256)
            .bind("bytes", bytes)
            .bind("packed", packed ? 1 : 0)
            .executeAndReturnGeneratedKeys("id")
            .mapTo(Long.class)
            .one();
    for (int from = 0, place = 0; from < content.length; from += PART, place++) {
      handle.execute(
          "INSERT INTO kept_file_part (file, place, content) VALUES (?, ?, ?)",
          id,
          place,
          Arrays.copyOfRange(content, from, Math.min(content.length, from + PART)));
    }
    return new KeptFile(id, sha256, bytes);
  }

  /**
   * The content of a file, to be read once; its digest is not checked here.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public static InputStream open(Handle handle, long id) {
    int packed =
        handle
            .createQuery("SELECT packed FROM kept_file WHERE id = :id")
            .bind("id", id)
            .mapTo(Integer.class)
            .findOne()
            .orElseThrow(() -> new IllegalArgumentException("There is no kept file " + id + "."));
    List<byte[]> parts =
        handle
            .createQuery("SELECT content FROM kept_file_part WHERE file = :id ORDER BY place")
            .bind("id", id)
            .mapTo(byte[].class)
            .list();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    parts.forEach(whole::writeBytes);
    ByteArrayInputStream bytes = new ByteArrayInputStream(whole.toByteArray());
    try {
      return packed == 1 ? new GZIPInputStream(bytes, PART) : bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("The kept file " + id + " is damaged.", e);
    }
  }

  /** The whole content of a file. */
  public static byte[] read(Handle handle, long id) {
    try (InputStream in = open(handle, id)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The kept file " + id + " is damaged.", e);
    }
  }
}
