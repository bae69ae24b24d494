import { i18n } from '../parts/i18n.js';

const CHINESE = {
  "no operator's console is on duty and connected": '没有在岗且在线的接线员',
  "no supervisor's console is on duty and connected": '没有在岗且在线的主管',
  "no second operator's console is on duty and connected": '没有第二位在岗且在线的接线员',
  "no duty manager's console is on duty and connected": '没有在岗且在线的值班经理',
  "no duty manager's number": '值班经理没有登记电话',
  'no contact with a number': '没有可拨打的联系人',
  'the station has no number': '驿站没有登记电话',
  'no provider for calls and messages is configured': '未接入电话与短信服务',
  'the register does not answer': '档案系统没有应答',
};

const COUNTS = [
  [/^rang (\d+)$/, '已通知 {n} 处'],
  [/^rang again (\d+)$/, '再次通知此前失败的 {n} 处'],
  [/^(\d+) failed$/, '{n} 处失败'],
];

/** Why a step of the ladder reached nobody, or whom it rang: the part of the service's words behind the step's name. */
export function stepReasons(text) {
  const words = (text ?? '').replace(/^[^:]*: (skipped: )?/, '').split('; ');
  return [...new Set(words)].map(inLanguage).join(i18n.chinese ? '；' : '; ');
}

function inLanguage(words) {
  if (!i18n.chinese) {
    return words;
  }
  for (const [form, chinese] of COUNTS) {
    const found = form.exec(words);
    if (found) {
      return chinese.replace('{n}', found[1]);
    }
  }
  return CHINESE[words] ?? words;
}
