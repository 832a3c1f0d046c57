package org.rollcall.collector.proof;

/**
 * What an agent's own numbering, hashes and seals say of its reports in a proof.
 *
 * @param key the raw Ed25519 key that the collector had bound to the name, in hexadecimal; empty
 *     for a foreign agent, which seals nothing, and where none was recorded
 * @param named whether the name follows from the key, as an agent's must
 * @param reports each counted once, however often it came
 * @param sealed reports that a good seal covers
 * @param tail reports after the newest seal of the newest spool, which the next one will cover
 * @param missing numbers between the first and the last that are not here, without those told lost
 * @param lost numbers that the agent itself told lost
 * @param broken reports that do not name the hash of the one before
 * @param reused numbers under which different reports came
 * @param badSeals seals over another report, or, of those that reports hang on, by another key
 * @param epochs spools, one more each time the agent began with an empty one
 */
public record AgentChain(
    String agent,
    String key,
    boolean named,
    int reports,
    int sealed,
    int tail,
    long missing,
    long lost,
    int broken,
    int reused,
    int badSeals,
    int epochs) {}
