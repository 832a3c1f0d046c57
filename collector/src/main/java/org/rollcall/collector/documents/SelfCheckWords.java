package org.rollcall.collector.documents;

import org.rollcall.collector.selfcheck.SelfCheckItem;

/** The items of the self-check sheet as the form prints them. */
final class SelfCheckWords {
  private SelfCheckWords() {}

  static String title(SelfCheckItem item) {
    return switch (item) {
      case NETWORK -> "网络接入(介质/专网/带宽)";
      case STABILITY -> "网络稳定性";
      case CLASS_PLATFORM -> "班级多媒体平台";
      case USE -> "设备使用";
      case COMPUTER_ROOM -> "计算机室";
      case MOBILE_ROOM -> "流动电脑室";
      case IT_COURSE -> "信息技术课";
      case TEACHERS -> "45岁以下教师多媒体教学";
      case TITLES -> "规范化学校/实验学校/特色项目";
      case COOPERATION -> "校际合作、一校一课";
      case PLATFORMS -> "三通平台、综合平台使用";
      case BALANCE -> "校内均衡";
      case SECURITY -> "网络安全与日志";
      case PERSON -> "专人负责";
    };
  }

  /** What the form asks where no rule of the profile does. */
  static String required(SelfCheckItem item) {
    return switch (item) {
      case NETWORK, COMPUTER_ROOM -> "按配置的标准";
      case STABILITY -> "99%(项目默认值)";
      case CLASS_PLATFORM -> "100%/60%";
      case USE -> "不设线";
      case MOBILE_ROOM -> "偏远点有服务";
      case IT_COURSE -> "开足开齐";
      case TEACHERS -> "100%";
      case TITLES, PERSON -> "有";
      case COOPERATION -> "≥1 次/有";
      case PLATFORMS -> "可用";
      case BALANCE -> "无异常班级";
      case SECURITY -> "日志≥6个月";
    };
  }

  /** What is to be handed in as proof. */
  static String proof(SelfCheckItem item) {
    return switch (item) {
      case NETWORK -> "合同扫描件";
      case CLASS_PLATFORM -> "照片";
      case COMPUTER_ROOM -> "台账";
      case IT_COURSE -> "课表";
      case TITLES -> "证书";
      case SECURITY -> "制度文件";
      case PERSON -> "任命文件";
      case STABILITY, USE, MOBILE_ROOM, TEACHERS, COOPERATION, PLATFORMS, BALANCE -> "";
    };
  }
}
