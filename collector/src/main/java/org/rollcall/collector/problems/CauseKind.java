package org.rollcall.collector.problems;

/** What can be broken, what stands in front of the most first. */
public enum CauseKind {
  /** Nearly all schools fell silent at about the same time: this server, its line, its store. */
  EVERYBODY_SILENT,
  /** Schools of one township with different ISPs fell silent at about the same time: its power. */
  AREA_SILENT,
  /** Several schools of one ISP fell silent at about the same time. */
  SILENT_TOGETHER,
  /** No agent of the school has been heard for a while: its line, its power, or the agent. */
  AGENT_SILENT,
  /** An agent was enrolled and has never been heard. */
  AGENT_NEVER_HEARD,
  /** A line of the school is down, and its agent tells so. */
  LINE_DOWN,
  /** The line is up, and the internet or a network of education does not answer. */
  UPSTREAM_DOWN,
  /** A platform does not answer, though the networks do. */
  SERVICE_DOWN,
  /** A switch does not answer. */
  SWITCH_DOWN,
  /** A terminal or projector says that something in it is broken. */
  DEVICE_FAULT,
  /** Computers of a room say that something in them is broken. */
  ROOM_FAULT,
  /** A device is there and does not say how it is: a password, a community, a certificate. */
  DEVICE_UNREADABLE
}
