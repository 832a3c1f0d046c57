package org.rollcall.collector.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of RFC 6962, section 2.1: a leaf is SHA-256(0x00 ‖ leaf), a node SHA-256(0x01 ‖ left ‖
 * right), the left half the largest power of two that leaves something to the right. Adds leaves
 * one by one and keeps a hash for each height only. Not thread-safe.
 */
public final class MerkleTree {
  private static final byte LEAF = 0;
  private static final byte NODE = 1;

  /** The whole subtrees of the leaves so far, by height; null where there is none. */
  private final List<byte @Nullable []> whole = new ArrayList<>();

  private long size;

  /** Adds the next leaf by its bytes. */
  public void add(byte[] leaf) {
    addHash(leafHash(leaf));
  }

  private void addHash(byte[] hash) {
    byte[] up = hash;
    int height = 0;
    for (; height < whole.size() && whole.get(height) != null; height++) {
      byte[] left = whole.get(height);
      up = nodeHash(left == null ? up : left, up);
      whole.set(height, null);
    }
    if (height == whole.size()) {
      whole.add(up);
    } else {
      whole.set(height, up);
    }
    size++;
  }

  /** How many leaves it has. */
  public long size() {
    return size;
  }

  /** The root of the leaves so far; of none, SHA-256 of nothing. */
  public byte[] root() {
    byte[] right = null;
    for (byte[] left : whole) {
      if (left != null) {
        right = right == null ? left : nodeHash(left, right);
      }
    }
    return right == null ? digest().digest() : right;
  }

  static byte[] leafHash(byte[] leaf) {
    MessageDigest digest = digest();
    digest.update(LEAF);
    return digest.digest(leaf);
  }

  private static byte[] nodeHash(byte[] left, byte[] right) {
    MessageDigest digest = digest();
    digest.update(NODE);
    digest.update(left);
    return digest.digest(right);
  }

  /**
   * The audit path of a leaf (RFC 6962, 2.1.1), from the leaf's side up.
   *
   * @param leaves bytes of all leaves
   */
  public static List<byte[]> path(int index, List<byte[]> leaves) {
    List<byte[]> path = new ArrayList<>();
    path(index, leaves.stream().map(MerkleTree::leafHash).toList(), path);
    return path;
  }

  private static void path(int index, List<byte[]> hashes, List<byte[]> path) {
    if (hashes.size() <= 1) {
      return;
    }
    int split = Integer.highestOneBit(hashes.size() - 1);
    if (index < split) {
      path(index, hashes.subList(0, split), path);
      path.add(rootOf(hashes.subList(split, hashes.size())));
    } else {
      path(index - split, hashes.subList(split, hashes.size()), path);
      path.add(rootOf(hashes.subList(0, split)));
    }
  }

  private static byte[] rootOf(List<byte[]> hashes) {
    MerkleTree tree = new MerkleTree();
    hashes.forEach(tree::addHash);
    return tree.root();
  }

  /**
   * Whether a leaf is the one at that index of the tree with that root.
   *
   * @param size leaves of the tree
   */
  public static boolean proves(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long node = index;
    long last = size - 1;
    byte[] hash = leafHash(leaf);
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = nodeHash(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = nodeHash(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(hash, root);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("BUG: every Java has SHA-256", e);
    }
  }
}
