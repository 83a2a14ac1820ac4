"""Words for trades in Chinese and Korean names as firms put them in English: the beginnings of these words."""

from __future__ import annotations

from types import MappingProxyType

_SIZE = 6  # letters by which `Technology` and `Technologies`, `Magnet` and `Magnetics` are one word

_CHINESE = """
科技 technology; 技术 technology; 工业 industry; 实业 industry,enterprise; 产业 industry; 电子 electronics;
电气 electric; 电器 electric,appliance; 电机 motor,electric; 电力 power,electric; 马达 motor; 磁材 magnet,magnetic;
磁性材料 magnet,material; 磁业 magnet,magnetic; 磁铁 magnet; 磁钢 magnet; 磁性 magnet; 永磁 magnet,permanent;
强磁 magnet; 磁电 magnet; 材料 material; 新材料 material; 稀土 rare,earth; 稀土新材料 rare,earth,material;
金属 metal; 金属材料 metal,material; 合金 alloy; 有色金属 metal; 航空 aviation,aero,air; 航天 aerospace,space;
航空航天 aerospace,aviation; 航空科技 aviation,technology; 宇航 aerospace; 航空电子 avionics,aviation,electronics;
航空工业 aviation,industry; 无人机 drone,uav,unmanned; 卫星 satellite; 雷达 radar; 机械 machinery;
机电 electromechanical,machinery; 机器人 robot; 设备 equipment; 装备 equipment; 仪器 instrument; 仪表 instrument;
精密 precision; 精密仪器 precision,instrument; 精密机械 precision,machinery; 自动化 automation;
智能 intelligent,smart; 传感 sensor; 传感器 sensor; 半导体 semiconductor; 微电子 microelectronics;
集成电路 integrated,circuit; 光电 optoelectronics,photoelectric; 光学 optical,optics; 激光 laser;
通信 communication,telecom; 信息 information; 信息技术 information,technology; 软件 software; 网络 network;
数据 data; 化工 chemical; 化学 chemical; 医药 pharmaceutical; 生物 bio,biological,biotech; 能源 energy;
新能源 energy; 风电 wind; 风能 wind; 风电设备 wind,equipment; 电池 battery; 汽车 auto,automobile,automotive,motor;
船舶 ship,shipbuilding,marine,shipping; 造船 shipbuilding; 重工 heavy; 重工业 heavy,industry; 海洋 marine,ocean;
航运 shipping; 海运 shipping,marine; 船务 shipping; 船务代理 shipping,agency; 物流 logistics; 货运 freight,cargo;
货运代理 freight,forwarding; 国际 international; 国际物流 logistics,international; 贸易 trading,trade;
商贸 trading,trade; 国际贸易 international,trading,trade; 进出口 import,export; 供应链 supply,chain;
供应链管理 supply,chain; 投资 investment; 控股 holding; 集团 group; 银行 bank; 保险 insurance; 证券 securities;
轴承 bearing; 轴承集团 bearing,group; 模具 mould,mold; 五金 hardware; 钢铁 steel,iron; 矿业 mining;
石油 petroleum,oil; 石化 petrochemical; 研究院 institute,academy,research; 研究所 institute,research;
技术研究院 technology,institute; 大学 university; 学院 college,institute; 工程 engineering; 建设 construction;
建筑 construction; 系统 system; 制造 manufacturing; 厂 factory,works,plant; 仪器厂 instrument,factory;
防务 defense,defence; 动力 power,propulsion; 动力机械 power,machinery; 导航 navigation; 房地产 real,estate;
军工 military; 光伏 photovoltaic,solar; 环保 environmental; 冶金 metallurgy,metallurgical;
粉末冶金 powder,metallurgy; 陶瓷 ceramic; 塑料 plastic; 纺织 textile; 食品 food; 医疗 medical; 医疗器械 medical;
文化 culture,cultural; 咨询 consulting
"""
_KOREAN = """
정밀 precision; 중공업 heavy; 공업 industry; 산업 industry; 전자 electronics; 전기 electric;
전자부품 electronics,component; 화학 chemical; 자석 magnet; 자석공업 magnet,industry; 마그네트 magnet;
물산 trading,corporation; 상사 trading; 무역 trading,trade; 항공 aviation,air,aero; 항공우주 aerospace;
우주항공 aerospace; 기계 machinery,machine; 자동차 automobile,motor,automotive; 모터스 motor; 모터 motor;
건설 construction; 에너지 energy; 에너빌리티 enerbility; 소재 material; 신소재 material; 금속 metal; 제철 steel;
철강 steel; 조선 shipbuilding; 조선해양 shipbuilding,marine; 해운 shipping,marine; 해양 marine,ocean; 오션 ocean;
은행 bank; 보험 insurance; 증권 securities; 대학교 university; 대학 university; 과학기술 science,technology;
시스템 system; 시스템즈 system; 테크 tech; 테크놀로지 technology; 기술 technology; 엔지니어링 engineering;
반도체 semiconductor; 디스플레이 display; 통신 communication,telecom; 물류 logistics; 로지스틱스 logistics;
연구소 institute,research,laboratory; 연구원 institute,research; 방산 defense,defence; 디펜스 defense,defence;
방위산업 defense,defence; 로보틱스 robotic; 홀딩스 holding; 그룹 group; 제약 pharmaceutical,pharma; 바이오 bio;
로봇 robot; 전력 power,electric; 쉬핑 shipping; 케미칼 chemical; 솔루션 solution; 솔루션즈 solution; 이노텍 innotek;
인터내셔널 international; 코리아 korea
"""


def beginning(word: str) -> str:
    """Returns the letters of a lower-case word by which its forms are one."""
    return word.rstrip("s")[:_SIZE]


def _read(table: str) -> MappingProxyType[str, frozenset[str]]:
    rows = (row.split() for row in table.replace("\n", " ").split(";"))
    return MappingProxyType({row[0]: frozenset(map(beginning, row[1].split(","))) for row in rows})


CHINESE, KOREAN = _read(_CHINESE), _read(_KOREAN)
