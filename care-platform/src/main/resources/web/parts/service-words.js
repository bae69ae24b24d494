import { i18n } from './i18n.js';

/**
 * The services speak English. These are their sentences in Chinese, whole or in parts; what is not found stays as it
 * was said, which is better than nothing. Never used on what a person wrote.
 */
const TIME = '(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d\\d:\\d\\d)';

const PROBLEMS = [
  ['a dispatch that is (\\w+) cannot become (\\w+)', '该派遣的状态已变，不能这样更改'],
  ['an incident that is (\\w+) cannot become (\\w+)', '该事件的状态已变，不能这样更改'],
  ['commandId: it was used for another subject', '该指令已用于另一对象，请重试'],
  ['it has ended', '该事件已结束'],
  ['it changed', '该事件已有变化'],
  ['it has changed since you looked', '您查看之后该事件已有变化'],
  ['the case has another alarm that you have not seen: (\\w+)', '同一对象还有您未看到的报警，请查看后再接手'],
  ['Another alarm joined since you took it: take it again, or record what you do about it\\.', '接手后又有报警：请再次接手，或记录处置情况。'],
  ['contactId: which contact', '未指明联系人'],
  ['contactId: no such contact in the file', '档案中没有这位联系人'],
  ['take it before you send somebody', '先接手后才能派人'],
  ['Take it before you close it\\.', '先接手后才能关闭。'],
  ['A responder is under way: wait until the visit is done or cancelled\\.', '有人员在途，不能关闭。'],
  ["Nobody has spoken with the resident: it needs a visit, a contact's word, or a recorded reason for not going\\.",
    '未与本人通话：需上门、联系人确认，或填写不上门的理由。'],
  ['priority: only staff may choose it', '只有值班人员可以选择优先级'],
  ['dispatch: responderId, or dispatchId and state', '派遣内容不完整'],
  ['dispatchId: no such dispatch in this case', '本事件没有这一派遣'],
  ['disposition: not a known code', '未知的处置结果'],
  ['incident: missing', '未指明事件'],
  ['responderId: no such responder', '查无此人员'],
  ['state: open, taken, closed or all', '未知的状态'],
  ['no such incident', '查无此事件，或不在您的片区'],
  ['no such stream of yours', '该连接已失效'],
  ['no such resident', '查无此人'],
  ['subject: no such resident of yours', '您名下没有这位老人'],
  ['subject: not in the register', '档案中没有该对象'],
  ['subject: not in your area', '该对象不在您的片区'],
  ['interrupted while asking the register', '档案系统没有应答'],
  ['the register did not answer a moment ago', '档案系统刚才没有应答'],
  ['the register does not answer', '档案系统没有应答'],
  ['the database does not answer', '数据库没有应答'],
  ['the audit cannot be written', '审计记录无法写入，因此不能查看'],
  ['too many requests are waiting', '系统繁忙，请稍后再试'],
  ['too many logins at this moment; try again', '登录人数过多，请稍后再试'],
  ['too many wrong passwords from here; try again later', '密码错误次数过多，请稍后再试'],
  ['the user name or the password is wrong', '用户名或密码不正确'],
  ['log in again', '请重新登录'],
  ['log in first', '请先登录'],
  ['your role does not allow this', '您的岗位无此权限'],
  ['something went wrong here; the log has more under the reference', '系统内部出错'],
];

const FAULTS = [
  ['detection has seen nothing of the alarm log for (\\d+) s', '检测已 $1 秒未收到报警日志'],
  ['detection has seen nothing of the telemetry log for (\\d+) s', '检测已 $1 秒未收到体征日志'],
  ['detection is (\\d+) s behind the alarm log(?:, in another process)?', '报警检测落后 $1 秒'],
  ['detection is (\\d+) s behind the telemetry log(?:, in another process)?', '体征检测落后 $1 秒'],
  ["the clock of the alarm log is (\\d+) s ahead of this machine's; silence is not noticed", '报警日志的时钟超前 $1 秒，设备失联暂时无法发现'],
  ["the clock of the telemetry log is (\\d+) s ahead of this machine's; silence is not noticed", '体征日志的时钟超前 $1 秒，设备失联暂时无法发现'],
  ['(\\S+) is not running', '后台任务 $1 已停止'],
  ['(\\S+) has not succeeded for (\\d+) s', '后台任务 $1 已 $2 秒未成功'],
];

const LIMIT = "the resident's limit of (\\d+)";
const SIGNALS = [
  ['SOS pressed on (\\S+ \\S+)', '$1 按下求救键'],
  ['SMOKE detected by (\\S+ \\S+)', '$1 检测到烟雾'],
  ['GAS detected by (\\S+ \\S+)', '$1 检测到燃气'],
  ['CO detected by (\\S+ \\S+)', '$1 检测到一氧化碳'],
  ['Fall reported by (\\S+ \\S+)', '$1 报告跌倒'],
  ['Cancelled on (\\S+ \\S+)', '$1 上已取消'],
  ['Sent again by (\\S+ \\S+): (\\S+)', '$1 重复发送：$2'],
  ['; it asked its wearer and got no answer', '；已询问佩戴者，无应答'],
  ['(?:; its|Its) wearer had cancelled it already', '；佩戴者此前已取消'],
  ['; it ends no fall that waits', '；没有待确认的跌倒'],
  ['; another fall stands', '；另一次跌倒仍有效'],
  ['; the fall was confirmed before', '；该跌倒此前已确认'],
  [`Heart rate (\\d+) \\S+, above ${LIMIT}`, '心率 $1 次/分，高于本人上限 $2'],
  [`Heart rate (\\d+) \\S+, below ${LIMIT}`, '心率 $1 次/分，低于本人下限 $2'],
  [`Oxygen saturation (\\d+) \\S+, below ${LIMIT}`, '血氧 $1%，低于本人下限 $2'],
  ["Within the resident's limits again", '已回到本人正常范围'],
  [', measured by (\\S+ \\S+)', '，由 $1 测得'],
  [`(\\S+ \\S+) has sent nothing since ${TIME}; it is expected to at least every (.+)`, '$1 自 $2 起无数据；应至少每 $3 上报一次'],
  ['(\\S+ \\S+) sends (\\S+) more than (\\d+) times a minute; not every one is told any more', '$1 每分钟发送 $2 超过 $3 次，不再逐条提示'],
  ['Part of the alarm log \\(batches (\\d+) to (\\d+)\\) cannot be read; alarms may be in it', '报警日志有一段（第 $1 至 $2 批）无法读取，其中可能有报警'],
  ['A (\\S+) alarm (?:of device (\\S+) )?could not be evaluated; treat it as real', '设备 $2 的报警（$1）无法判定，请按真实报警处理'],
  ['; its battery was nearly flat', '；此前电量将尽'],
  ['; it was not worn', '；此前未佩戴'],
  ['(\\S+ \\S+) comes and goes: silent for the (\\d+)\\. time within (.+); its silences are not told for (\\d+ \\S+)', '$1 时断时续：$3 内第 $2 次失联；此后 $4 内不再逐次提示'],
  [`(\\S+ \\S+) still speaks, but has not measured heart rate since ${TIME}`, '$1 仍在线，但自 $2 起未测到心率'],
  [`(\\S+ \\S+) still speaks, but has not measured whether the bed is taken since ${TIME}`, '$1 仍在线，但自 $2 起未测到在床状态'],
  ['(\\S+ \\S+): two devices answer to this id; find out who has its key', '$1：有两台设备使用同一编号；请查明密钥在谁手中'],
  ['; its battery is nearly flat', '；电量将尽'],
  ['; it may sit loosely, or not be worn', '；可能佩戴过松或未佩戴'],
  ['; its sensor may have come loose', '；传感器可能松脱'],
  ['(\\S+ \\S+) measures (?:heart rate|whether the bed is taken) again; it had stopped, and still spoke', '$1 恢复测量'],
  ['part of an outage of the devices', '属于设备集体失联：'],
  ['(\\d+) of (\\d+) devices (.+) fell silent within (\\d+) min; they speak for (\\d+) subjects', '$3：$4 分钟内 $2 台设备中有 $1 台失联，涉及 $5 户'],
  ['(\\d+) of (\\d+) devices (.+) have been heard again; (\\d+) are still silent and are now followed one by one', '$3：$2 台设备中 $1 台已恢复，仍失联 $4 台，此后逐台处理'],
  ['\\bin (\\S+/\\S+)', '片区 $1'],
  ['of the model (\\S+)', '型号 $1'],
  ['on the network (\\S+)', '网络 $1'],
  ['behind the relay (\\S+)', '网关 $1'],
  ['of the whole district', '全区'],
  ['recorded as away from home', '登记为外出'],
  ['recorded as in hospital', '登记为住院'],
  ['recorded as moved out', '登记为迁出'],
  ['recorded as deceased', '登记为已故'],
  ['at the time of the event the device was bound to (\\S+)', '事件发生时设备属于 $1'],
  [`,? at ${TIME}`, '，时间 $1'],
  [`, received ${TIME}`, '，收到 $1'],
  [`, the device's clock says ${TIME}`, '，设备时钟为 $1'],
  ['\\bwatch (?=\\S)', '手表 '],
  ['\\bdevice (?=\\S)', '设备 '],
];

const compiled = (table, whole) => table.map(([said, chinese]) => [new RegExp(whole ? `^${said}$` : said), chinese]);
const WHOLE = compiled([...PROBLEMS, ...FAULTS], true);
const PARTS = compiled(SIGNALS, false);

/** What a service says is wrong: one sentence, or some that each end with a stop. */
export function problemWords(text) {
  if (!i18n.chinese || !text) {
    return text;
  }
  const known = (words) => WHOLE.find(([said]) => said.test(words));
  const inChinese = (words) => (known(words) ? words.replace(...known(words)) : words);
  return known(text) ? inChinese(text) : text.split(/(?<=\.) /).map(inChinese).join('');
}

/** What a rule says of a signal: facts one after the other. */
export const signalWords = (text) => (i18n.chinese && text ? PARTS.reduce((words, part) => words.replace(...part), text).replace(/^；/, '') : text);
