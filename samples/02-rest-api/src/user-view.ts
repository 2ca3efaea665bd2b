import { Type } from 'class-transformer';
import { IsInt, ValidateNested } from 'class-validator';
import { CreateUser } from './create-user';

/** What a client gets of a user: what it sent, and the id. What is not named here never leaves. */
export class UserView extends CreateUser {
  @IsInt()
  id!: number;
}

export class UserList {
  @ValidateNested({ each: true })
  @Type(() => UserView)
  items!: UserView[];

  /** How many there are, whatever the limit. */
  @IsInt()
  total!: number;
}
