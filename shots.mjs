import { chromium } from 'playwright-core';
import { existsSync, readFileSync } from 'node:fs';
const [,, ...paths] = process.argv;
const url='http://127.0.0.1:4000';
const b = await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']});
const state='/tmp/shots/state.json';
const c = await b.newContext({viewport:{width:1280,height:900},timezoneId:'Europe/Berlin',locale:'en-GB',...(existsSync(state)?{storageState:state}:{})});
const p = await c.newPage();
if(!existsSync(state)){
 const link=/http:\/\/\S+\/setup\/\S+/.exec(readFileSync('/tmp/demo.log','utf8'))[0];
 await p.goto(link);
 await p.getByLabel(/^Your name/).fill('Grace Hopper'); await p.getByLabel(/^E-mail/).fill('grace@example.com'); await p.getByLabel(/^Password/).first().fill('compile the bug out of it');
 await p.getByRole('button',{name:'Make the account'}).click();
 await p.getByRole('heading',{name:'Today'}).waitFor();
 await c.storageState({path:state});
}
for(const w of [1280,360]) for(const at of paths){
 await p.setViewportSize({width:w,height:900});
 await p.goto(url+at); await p.waitForLoadState('networkidle').catch(()=>{}); await p.waitForTimeout(700);
 await p.screenshot({path:`/tmp/shots/${at.replaceAll(/\W+/g,'_')||'_'}_${w}.png`,fullPage:true});
}
await b.close();
